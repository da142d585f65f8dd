/** The node: takes service graphs over REST, makes them real, and keeps them so. */
@org.jspecify.annotations.NullMarked
module org.universalnode.node {
  requires static org.jspecify;
  requires com.google.gson;
  requires info.picocli;
  requires java.net.http;
  requires java.sql;
  requires jdk.httpserver;
  requires org.tomlj;
  requires org.universalnode.catalog;
  requires org.universalnode.compute;
  requires org.universalnode.linux;
  requires org.universalnode.switching;
  requires org.universalnode.upstream;
}
