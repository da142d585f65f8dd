/**
 * Whether functions do their work, and what is done if they do not. The decisions are pure, on a
 * clock that is handed in; one class has the threads.
 */
package org.universalnode.node.health;
