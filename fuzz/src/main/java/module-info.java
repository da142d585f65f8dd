/** What a fuzzer feeds: one target per reader, each with the properties that must always hold. */
@org.jspecify.annotations.NullMarked
module org.universalnode.fuzz {
  requires static transitive org.jspecify;
  requires org.universalnode.catalog;
  requires org.universalnode.nffg;

  exports org.universalnode.fuzz;
}
