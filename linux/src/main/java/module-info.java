/** What the Linux kernel offers, as typed Java. Knows no graph, no switch and no function. */
@org.jspecify.annotations.NullMarked
module org.universalnode.linux {
  requires static transitive org.jspecify;
  requires transitive org.universalnode.problem;

  exports org.universalnode.linux;
}
