/**
 * Who stands for an archive: signatures of publishers, the publishers that this node trusts, what
 * it does with unsigned archives, and which versions it has seen. {@code docs/signatures.md}
 * describes the files byte by byte.
 */
package org.universalnode.catalog.trust;
