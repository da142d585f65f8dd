import org.universalnode.compute.FunctionDriverProvider;
import org.universalnode.compute.dpdk.DpdkDriverProvider;

/** Network functions that are DPDK processes, which poll their ports in user space. */
@org.jspecify.annotations.NullMarked
module org.universalnode.compute.dpdk {
  requires static org.jspecify;
  requires com.google.gson;
  requires org.universalnode.compute;
  requires org.universalnode.linux;

  provides FunctionDriverProvider with
      DpdkDriverProvider;
}
