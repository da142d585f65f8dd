/** What a node is told: by its command line, its environment and its file. */
package org.universalnode.node.config;
