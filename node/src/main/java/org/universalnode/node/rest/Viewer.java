package org.universalnode.node.rest;

/** Somebody who follows events. */
interface Viewer {
  /** Sees everything, for ever. */
  Viewer OF_ALL =
      new Viewer() {
        @Override
        public boolean isLetIn() {
          return true;
        }

        @Override
        public boolean sees(String graph) {
          return true;
        }
      };

  /** Whether it may still follow. */
  boolean isLetIn();

  /** Whether it is told of that graph. */
  boolean sees(String graph);
}
