/**
 * Network interfaces that drivers of switches make, by what they know them again, and whether they
 * are as they were made.
 */
package org.universalnode.switching.devices;
