/** Hosts as network namespaces, for the tests and benchmarks of every room. Never shipped. */
@org.jspecify.annotations.NullMarked
module org.universalnode.testbed {
  requires static transitive org.jspecify;
  requires transitive org.universalnode.linux;

  exports org.universalnode.testbed;
}
