import org.universalnode.switching.SwitchDriverProvider;

/** The network controller: what an LSI is, how a graph becomes rules, what a switch driver does. */
@org.jspecify.annotations.NullMarked
module org.universalnode.switching {
  requires static transitive org.jspecify;
  requires transitive org.universalnode.nffg;
  requires transitive org.universalnode.problem;

  exports org.universalnode.switching;
  exports org.universalnode.switching.reference;

  uses SwitchDriverProvider;
}
