package org.universalnode.node.store;

import java.nio.file.Path;
import java.util.List;

/**
 * The graphs that are desired. Every change is on the disk when the method returns, or not made at
 * all, which a {@link org.universalnode.problem.ProblemException} tells. Safe for many threads.
 */
public interface GraphStore extends AutoCloseable {

  /** Opens the file, which is made if it is not there. */
  static GraphStore open(Path file) {
    return DatabaseStore.open(file);
  }

  void save(StoredGraph graph);

  void remove(String id);

  /** All graphs, by id. */
  List<StoredGraph> all();

  @Override
  void close();
}
