/**
 * Archives of native functions: read, checked and unpacked once per content. Nothing here runs what
 * it unpacked, and nothing here trusts it: an archive may be hostile.
 */
package org.universalnode.catalog.archive;
