/** Network interfaces that drivers of switches make, and by what they know them again. */
@org.jspecify.annotations.NullMarked
module org.universalnode.switching.devices {
  requires static org.jspecify;
  requires transitive org.universalnode.linux;
  requires transitive org.universalnode.switching;

  exports org.universalnode.switching.devices to
      org.universalnode.switching.ebpf,
      org.universalnode.switching.openvswitch;
}
