/**
 * The paper's validation (section V, table IV): one IPsec client as a bare process, a native
 * function, a container and a virtual machine. Only what that comparison needs lives here.
 */
package org.universalnode.bench.vpn;
