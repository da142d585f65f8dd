/**
 * Function templates and their look-up: which implementation of a function this node can run, and
 * where its image is. Nothing here starts a function or asks what the machine offers.
 */
package org.universalnode.catalog;
