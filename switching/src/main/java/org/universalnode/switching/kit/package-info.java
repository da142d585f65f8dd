/**
 * Random frames and rules for those who compare switches with the reference of {@link
 * org.universalnode.switching.reference}. The same seed draws the same ones, on every machine.
 */
package org.universalnode.switching.kit;
