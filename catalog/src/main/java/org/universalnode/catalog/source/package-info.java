/**
 * Templates of other machines: fetched within bounds, restrained, and kept on the disk for when
 * these machines are away. Images are not fetched here.
 */
package org.universalnode.catalog.source;
