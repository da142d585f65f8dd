/**
 * Fuzz targets. The fuzzer makes texts, a target gives each to a reader and looks whether {@link
 * org.universalnode.fuzz.Format} keeps its promises; an exception is a finding.
 */
package org.universalnode.fuzz;
