/** What isolation of a function costs when its handlers start. */
package org.universalnode.bench.isolation;
