/**
 * Virtual machines: each instance is a domain of libvirt, with a tap of the machine for each port.
 */
@org.jspecify.annotations.NullMarked
package org.universalnode.compute.libvirt;
