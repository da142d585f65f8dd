/** LSIs as bridges of Open vSwitch. */
@org.jspecify.annotations.NullMarked
module org.universalnode.switching.openvswitch {
  requires static org.jspecify;
  requires com.google.gson;
  requires org.universalnode.linux;
  requires org.universalnode.switching;
}
