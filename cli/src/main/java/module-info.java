/** The {@code un} command. Talks to a node over REST only, so it exports nothing. */
@org.jspecify.annotations.NullMarked
module org.universalnode.cli {
  requires static org.jspecify;
  requires com.google.gson;
  requires info.picocli;
  requires org.universalnode.problem;
}
