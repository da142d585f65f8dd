/** What this node and its machine offer: fills the catalog's discovery with system calls. */
package org.universalnode.node.capability;
