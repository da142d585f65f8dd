/**
 * The northbound interface: the published REST API at its published paths, and what we add.
 * Requests are translated here and nowhere else; nothing is decided here.
 */
package org.universalnode.node.rest;
