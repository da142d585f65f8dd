import org.universalnode.compute.FunctionDriverProvider;
import org.universalnode.compute.nativefn.NativeDriverProvider;

/** Native network functions: scripts that use what the machine has, in a network namespace. */
@org.jspecify.annotations.NullMarked
module org.universalnode.compute.nativefn {
  requires static org.jspecify;
  requires com.google.gson;
  requires org.universalnode.compute;
  requires org.universalnode.linux;

  provides FunctionDriverProvider with
      NativeDriverProvider;
}
