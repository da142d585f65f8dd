package org.universalnode.linux;

import java.util.List;

/**
 * Something that a hostile program tries, and whether it is let at each rung.
 *
 * @param what for the table in docs/isolation.md
 * @param script shell line that ends with status 0 if it was let; names in capitals are filled in
 * @param answers one letter for each rung: y if it is let, n if not, - if it is not tried there
 *     because it would harm this machine
 */
record Attempt(String what, String script, String answers) {

  /** All of them, grouped by what they are after. */
  static final List<Attempt> ALL =
      List.of(
          // files
          new Attempt("read /etc/shadow", "cat /etc/shadow", "ynn"),
          new Attempt("read it by way of a process outside", "cat VICTIM/root/etc/shadow", "ynn"),
          new Attempt("read another instance's folder", "cat OTHER/secret", "ynn"),
          new Attempt("write into another instance's folder", "touch OTHER/mine", "ynn"),
          new Attempt("read the node's state", "cat STATE/graphs", "ynn"),
          new Attempt("write into its own archive", "touch ARCHIVE/mine", "ynn"),
          new Attempt("write to /usr", "touch /usr/un-escape && rm /usr/un-escape", "ynn"),
          new Attempt("write to /etc", "touch /etc/un-escape && rm /etc/un-escape", "ynn"),
          new Attempt("open the disk by a handle of a file in it", "HOSTILE handle .", "ynn"),
          new Attempt("make a file that is root's outside", "touch mine", "yyn"),
          new Attempt(
              "become root by a set-user-id program of its own",
              "cp HOSTILE su && chmod 4755 su && HOSTILE as-nobody ./su is-root",
              "ynn"),
          // mounts
          new Attempt("mount a file system", "HOSTILE mount", "ynn"),
          new Attempt("make the root file system writable", "HOSTILE remount", "-nn"),
          new Attempt("change the root (pivot_root)", "HOSTILE pivot_root", "-nn"),
          new Attempt("change the root (chroot)", "HOSTILE chroot", "ynn"),
          // devices
          new Attempt("open the disk", "HOSTILE open DISK", "ynn"),
          new Attempt("make a node of the disk", "HOSTILE mknod", "ynn"),
          new Attempt("open a memory of the machine", "HOSTILE open /dev/kmsg", "ynn"),
          // namespaces
          new Attempt("make a user namespace (unshare)", "HOSTILE unshare-user", "ynn"),
          new Attempt("make a user namespace (clone)", "HOSTILE clone-user", "ynn"),
          new Attempt("make a user namespace (clone3)", "HOSTILE clone3-user", "ynn"),
          new Attempt("make a mount namespace", "HOSTILE unshare-mount", "ynn"),
          new Attempt("make a network namespace", "HOSTILE unshare-net", "ynn"),
          new Attempt("enter the machine's network", "HOSTILE setns VICTIM/ns/net", "ynn"),
          new Attempt("enter a namespace at all", "HOSTILE setns /proc/self/ns/net", "ynn"),
          // other processes
          new Attempt("see the machine's processes", "ls -d VICTIM", "ynn"),
          new Attempt("signal one", "HOSTILE kill NUMBER", "ynn"),
          new Attempt("trace one", "HOSTILE trace NUMBER", "ynn"),
          new Attempt("attach shared memory of the machine", "HOSTILE shm NAME", "ynn"),
          new Attempt("call a process by an abstract socket", "HOSTILE abstract NAME", "nnn"),
          new Attempt("leave its cgroup, or change its limits", "HOSTILE open-write CGROUP", "ynn"),
          new Attempt("take priority over others", "HOSTILE nice", "ynn"),
          // the kernel
          new Attempt(
              "change a setting of the kernel",
              "v=$(cat /proc/sys/kernel/panic) && echo $v > /proc/sys/kernel/panic",
              "ynn"),
          new Attempt(
              "change what handles core dumps",
              "v=$(cat /proc/sys/kernel/core_pattern) && echo \"$v\" >"
                  + " /proc/sys/kernel/core_pattern",
              "ynn"),
          new Attempt("press SysRq", "HOSTILE open-write /proc/sysrq-trigger", "-nn"),
          new Attempt("write to /sys", "HOSTILE open-write /sys/class/net/lo/mtu", "ynn"),
          new Attempt("read the kernel's log", "HOSTILE dmesg", "ynn"),
          new Attempt("read the kernel's memory", "HOSTILE open /proc/kcore", "-nn"),
          new Attempt("load a module", "HOSTILE module", "-nn"),
          new Attempt("reboot", "HOSTILE reboot", "-nn"),
          new Attempt("set the clock", "HOSTILE clock", "-nn"),
          new Attempt("rename the machine", "HOSTILE hostname", "ynn"),
          new Attempt("use eBPF", "HOSTILE bpf", "ynn"),
          new Attempt("use keyrings", "HOSTILE keyring", "ynn"),
          new Attempt("use userfaultfd", "HOSTILE userfaultfd", "ynn"),
          new Attempt("call the hypervisor (vsock)", "HOSTILE vsock", "ynn"),
          new Attempt("ask for news of the machine's processes", "HOSTILE netlink 11", "ynn"),
          new Attempt("ask the kernel's audit", "HOSTILE netlink 9", "ynn"),
          // what it is there for
          new Attempt(
              "set up its own network",
              "ip link add v0 type veth peer name v1 && ip link delete v0",
              "yyy"),
          new Attempt("forward packets", "echo 1 > /proc/sys/net/ipv4/ip_forward", "yyy"),
          new Attempt("filter packets", "nft add table ip t && nft delete table ip t", "yyy"),
          new Attempt("make a TUN device", "ip tuntap add dev tun9 mode tun", "yyy"),
          new Attempt("keep files in its own folder", "echo kept > kept && cat kept", "yyy"));

  /** The answer for a rung; empty if it is not tried there. */
  String answer(Rung rung) {
    return switch (answers.charAt(rung.column)) {
      case 'y' -> "yes";
      case 'n' -> "no";
      default -> "";
    };
  }

  /** The line of the table. */
  String line() {
    StringBuilder line = new StringBuilder("| " + what + " |");
    for (Rung rung : Rung.values()) {
      String answer = answer(rung);
      line.append(' ').append(answer.isEmpty() ? "not tried" : answer).append(" |");
    }
    return line.toString();
  }
}
