/**
 * What it costs to find the rule that decides: the kernel's test runs of the data plane, beside a
 * list of rules. Nothing is sent.
 */
package org.universalnode.bench.classification;
