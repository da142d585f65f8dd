/** The service-graph language: model, strict reader, writer. Pure: no I/O, knows no driver. */
@org.jspecify.annotations.NullMarked
module org.universalnode.nffg {
  requires static transitive org.jspecify;
  requires transitive com.google.gson;
  requires transitive org.universalnode.problem;

  exports org.universalnode.nffg;
  exports org.universalnode.nffg.diff;
  exports org.universalnode.nffg.json;
}
