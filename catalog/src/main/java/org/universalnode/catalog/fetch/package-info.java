/** Archives and signatures of other machines, by HTTP: bounded in size, time and redirects. */
package org.universalnode.catalog.fetch;
