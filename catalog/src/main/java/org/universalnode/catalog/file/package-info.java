/** Small files that are read within a limit and written durably. */
package org.universalnode.catalog.file;
