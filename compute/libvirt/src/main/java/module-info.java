import org.universalnode.compute.FunctionDriverProvider;
import org.universalnode.compute.libvirt.LibvirtDriverProvider;

/** Network functions in virtual machines, by libvirt. */
@org.jspecify.annotations.NullMarked
module org.universalnode.compute.libvirt {
  requires static org.jspecify;
  requires com.google.gson;
  requires org.universalnode.compute;
  requires org.universalnode.linux;

  provides FunctionDriverProvider with
      LibvirtDriverProvider;
}
