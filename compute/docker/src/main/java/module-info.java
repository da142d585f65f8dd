import org.universalnode.compute.FunctionDriverProvider;
import org.universalnode.compute.docker.DockerDriverProvider;

/** Network functions that are containers of a Docker engine. */
@org.jspecify.annotations.NullMarked
module org.universalnode.compute.docker {
  requires static org.jspecify;
  requires com.google.gson;
  requires org.universalnode.compute;
  requires org.universalnode.linux;

  provides FunctionDriverProvider with
      DockerDriverProvider;
}
