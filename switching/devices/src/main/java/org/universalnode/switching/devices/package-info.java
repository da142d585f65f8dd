/** Network interfaces that drivers of switches make, and by what they know them again. */
package org.universalnode.switching.devices;
