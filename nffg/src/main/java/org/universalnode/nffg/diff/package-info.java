/** How one service graph differs from another, as data for planners and for people. */
package org.universalnode.nffg.diff;
