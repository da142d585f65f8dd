/** What went wrong, said the same way in every room. Pure: no I/O, no other module of the house. */
@org.jspecify.annotations.NullMarked
module org.universalnode.problem {
  requires static transitive org.jspecify;

  exports org.universalnode.problem;
}
