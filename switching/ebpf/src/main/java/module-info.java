import org.universalnode.switching.SwitchDriverProvider;
import org.universalnode.switching.ebpf.EbpfSwitchProvider;

/** LSIs as eBPF programs in the kernel: no daemon, and traffic goes on when the node's ends. */
@org.jspecify.annotations.NullMarked
module org.universalnode.switching.ebpf {
  requires static org.jspecify;
  requires org.universalnode.linux;
  requires org.universalnode.switching;
  requires org.universalnode.switching.devices;

  provides SwitchDriverProvider with
      EbpfSwitchProvider;
}
