/** What traffic notices of changes. */
package org.universalnode.bench.updates;
