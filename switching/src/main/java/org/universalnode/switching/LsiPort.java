package org.universalnode.switching;

/**
 * A port of an LSI.
 *
 * @param number chosen by the driver, unique in the LSI
 */
public record LsiPort(LsiId lsi, int number) {}
