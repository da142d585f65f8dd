/**
 * Tests of the functions we ship: real packets between hosts, through a real node that runs the
 * packed archives. What can be tested without a function belongs to the module that does it.
 */
package org.universalnode.functions;
