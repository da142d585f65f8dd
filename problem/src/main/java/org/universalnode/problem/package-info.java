/**
 * Problems and results: the one way in which a room of the house tells another that something did
 * not work, what the cause is and what to do next. No room-specific knowledge belongs here.
 */
package org.universalnode.problem;
