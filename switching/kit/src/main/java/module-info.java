/**
 * What every switch driver is tested with: random frames and rules, the comparison of switches with
 * the reference, and the conformance suite. Never shipped.
 */
@org.jspecify.annotations.NullMarked
module org.universalnode.switching.kit {
  requires static transitive org.jspecify;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires transitive org.universalnode.linux;
  requires transitive org.universalnode.switching;
  requires org.universalnode.testbed;

  exports org.universalnode.switching.kit;

  opens org.universalnode.switching.kit to
      org.junit.platform.commons;
}
