/** What the node shows over TLS that it is: a certificate that it was given, or one of its own. */
@org.jspecify.annotations.NullMarked
package org.universalnode.node.tls;
