package org.universalnode.compute;

/** Tells somebody until it is closed; when that returns, nothing is told any more. */
public interface Watch extends AutoCloseable {
  @Override
  void close();
}
