package org.universalnode.bench.plot;

import java.util.OptionalDouble;

/**
 * One value of a chart.
 *
 * @param spread the least and the greatest sample
 * @param limit its budget
 */
record Bar(String label, double value, Spread spread, OptionalDouble limit) {

  record Spread(double least, double greatest) {}
}
