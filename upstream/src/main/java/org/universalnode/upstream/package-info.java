/** What a connection to an upstream must do. No protocol lives here. */
@org.jspecify.annotations.NullMarked
package org.universalnode.upstream;
