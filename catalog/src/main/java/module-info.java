/**
 * What can be run: templates of functions, their look-up, and the archives of native functions.
 * Starts nothing and knows no driver.
 */
@org.jspecify.annotations.NullMarked
module org.universalnode.catalog {
  requires static transitive org.jspecify;
  requires transitive org.universalnode.nffg;
  requires transitive org.universalnode.problem;
  requires com.google.gson;
  requires static java.net.http; // only who fetches needs it: the node, not the command
  requires org.apache.commons.compress;

  exports org.universalnode.catalog;
  exports org.universalnode.catalog.archive;
  exports org.universalnode.catalog.capability;
  exports org.universalnode.catalog.file to
      org.universalnode.node;
  exports org.universalnode.catalog.resolve;
  exports org.universalnode.catalog.source;
  exports org.universalnode.catalog.trust;
}
