/**
 * Draws a recorded run: pictures for docs/performance.md. Knows results, and nothing of how they
 * are measured.
 */
package org.universalnode.bench.plot;
