/** Measures the house: subjects make figures, figures have budgets. Not shipped. */
@org.jspecify.annotations.NullMarked
module org.universalnode.bench {
  requires static transitive org.jspecify;
  requires com.google.gson;
  requires java.net.http;
  requires jdk.httpserver;
  requires jdk.management;
  requires org.universalnode.catalog;
  requires org.universalnode.compute;
  requires org.universalnode.linux;
  requires org.universalnode.nffg;
  requires org.universalnode.problem;
  requires org.universalnode.switching.openvswitch;
  requires org.universalnode.testbed;
}
