/** The node as a program: its options, how its rooms are wired, its start and its end. */
package org.universalnode.node;
