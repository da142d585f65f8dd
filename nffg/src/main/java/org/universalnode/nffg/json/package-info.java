/**
 * Strict JSON for every document of the house: text to tree with all of RFC 8259's refusals, and a
 * typed view of one object that collects its problems. Knows no key of any document format.
 */
package org.universalnode.nffg.json;
