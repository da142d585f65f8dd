package org.universalnode.node.health;

/** Looks at a function: what of it is there, and what it says. Takes seconds at most. */
@FunctionalInterface
public interface Examination {
  Finding examine(FunctionName function);
}
