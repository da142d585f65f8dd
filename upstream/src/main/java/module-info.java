/**
 * Those above a node who are told what it can do: the contract of connections to them. Knows
 * neither what is told nor how it is carried.
 */
@org.jspecify.annotations.NullMarked
module org.universalnode.upstream {
  requires static transitive org.jspecify;
  requires transitive org.universalnode.problem;

  exports org.universalnode.upstream;

  uses org.universalnode.upstream.UpstreamProvider;
}
