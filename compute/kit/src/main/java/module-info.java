/** What every function driver is tested with, and a fake one. Never shipped. */
@org.jspecify.annotations.NullMarked
module org.universalnode.compute.kit {
  requires static transitive org.jspecify;
  requires org.assertj.core;
  requires org.junit.jupiter.api;
  requires transitive org.universalnode.compute;
  requires org.universalnode.linux;

  exports org.universalnode.compute.kit;

  opens org.universalnode.compute.kit to
      org.junit.platform.commons;
}
