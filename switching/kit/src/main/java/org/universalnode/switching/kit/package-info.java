/**
 * Random frames and rules, comparison of switches with the reference of {@link
 * org.universalnode.switching.reference}, and the suite that every driver passes. The same seed
 * draws the same cases, on every machine.
 */
package org.universalnode.switching.kit;
