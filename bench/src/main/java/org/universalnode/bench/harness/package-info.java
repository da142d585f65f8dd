/**
 * How anything is measured: a {@link org.universalnode.bench.harness.Subject} promises {@link
 * org.universalnode.bench.harness.Figure figures} and brings {@link
 * org.universalnode.bench.harness.Samples} of each, taken in turns in one run. Knows no subject.
 */
package org.universalnode.bench.harness;
