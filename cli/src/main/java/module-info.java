/** The {@code un} command: talks to a node over REST, reads documents itself. Exports nothing. */
@org.jspecify.annotations.NullMarked
module org.universalnode.cli {
  requires static org.jspecify;
  requires com.google.gson;
  requires info.picocli;
  requires org.universalnode.catalog;
  requires org.universalnode.nffg;
  requires org.universalnode.problem;
}
