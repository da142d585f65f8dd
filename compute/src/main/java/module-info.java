import org.universalnode.compute.FunctionDriverProvider;

/** The compute controller: what an instance of a function is, and what a function driver does. */
@org.jspecify.annotations.NullMarked
module org.universalnode.compute {
  requires static transitive org.jspecify;
  requires transitive com.google.gson;
  requires transitive org.universalnode.nffg;
  requires transitive org.universalnode.problem;

  exports org.universalnode.compute;

  uses FunctionDriverProvider;
}
