package org.universalnode.compute.libvirt;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/** What libvirt is told of a virtual machine (libvirt's formatdomain). */
record DomainXml(Place place, Recorded instance, MachineImage image, Accelerator accelerator) {
  private static final int KIBI = 1024;
  private static final String QEMU = "http://libvirt.org/schemas/domain/qemu/1.0";

  /** Of the code that an emulated processor translates, in MiB; QEMU would take much more. */
  private static final int TRANSLATED = 64;

  /**
   * For ports that are plugged while it runs: nothing can be plugged into the root itself, and
   * libvirt adds slots for what is there alone (libvirt's "PCI topology and hotplug").
   */
  private static final int SPARE_SLOTS = 4;

  private static final int QUOTA_PERIOD = 100_000;
  private static final int PERCENT = 100;

  String text() {
    StringBuilder xml = new StringBuilder(4 * KIBI);
    xml.append("<domain type='%s' xmlns:qemu='%s'>\n".formatted(accelerator.domainType(), QEMU));
    element(xml, "name", place.name());
    element(xml, "uuid", uuid().toString());
    xml.append(metadata());
    xml.append("<memory unit='KiB'>%d</memory>\n".formatted(kibibytes()));
    xml.append("<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>\n");
    xml.append("<vcpu>%d</vcpu>\n".formatted(instance.cores()));
    instance.containment().cpuPercent().ifPresent(percent -> xml.append(quota(percent)));
    xml.append(system());
    xml.append("<features><acpi/><apic/>").append(translation()).append("</features>\n");
    xml.append("<cpu mode='").append(accelerator.processor()).append("'/>\n");
    xml.append("<clock offset='utc'/>\n");
    xml.append("<on_poweroff>destroy</on_poweroff><on_reboot>restart</on_reboot>");
    xml.append("<on_crash>destroy</on_crash>\n<devices>\n");
    devices(xml);
    return xml.append("</devices>\n").append(overrides()).append("</domain>\n").toString();
  }

  private UUID uuid() {
    return UUID.nameUUIDFromBytes(place.name().getBytes(StandardCharsets.UTF_8));
  }

  private String metadata() {
    return """
    <metadata><un:instance xmlns:un='https://universalnode.org/libvirt' node='%s' graph='%s'
      function='%s' incarnation='%d'/></metadata>
    """
        .formatted(
            escaped(place.node()),
            escaped(instance.id().graph()),
            escaped(instance.id().function()),
            instance.id().incarnation());
  }

  private long kibibytes() {
    return instance.containment().memoryBytes() / KIBI;
  }

  private static String quota(int percent) {
    return "<cputune><global_period>%d</global_period><global_quota>%d</global_quota></cputune>\n"
        .formatted(QUOTA_PERIOD, (long) percent * QUOTA_PERIOD / PERCENT);
  }

  private String system() {
    StringBuilder os = new StringBuilder("<os><type arch='x86_64' machine='q35'>hvm</type>\n");
    image
        .kernel()
        .ifPresentOrElse(
            kernel -> {
              element(os, "kernel", kernel.image().toString());
              element(os, "initrd", place.folder().initrd().toString());
              element(os, "cmdline", kernel.commandLine() + " nr_cpus=" + instance.cores());
            },
            () -> os.append("<boot dev='hd'/>\n"));
    return os.append("</os>\n").toString();
  }

  private String translation() {
    return accelerator == Accelerator.KVM
        ? ""
        : "<tcg><tb-cache unit='MiB'>%d</tb-cache></tcg>".formatted(TRANSLATED);
  }

  private void devices(StringBuilder xml) {
    xml.append("<controller type='usb' model='none'/>\n");
    xml.append("<controller type='pci' index='0' model='pcie-root'/>\n");
    xml.append("<controller type='pci' model='pcie-root-port'/>\n".repeat(slots()));
    image
        .disk()
        .ifPresent(
            _ -> xml.append(disk("qcow2", place.folder().overlay(), "vda", "<serial>un-disk")));
    if (image.kernel().isEmpty()) {
      Path own = place.folder().configurationDisk();
      xml.append(disk("raw", own, "vdb", "<readonly/><serial>un"));
    }
    instance.ports().forEach(port -> xml.append(network(port)));
    xml.append("<serial type='file'><source path='")
        .append(escaped(place.folder().log().file().toString()))
        .append("' append='on'/></serial>\n")
        .append("<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/>")
        .append("</channel>\n<memballoon model='none'/>\n")
        .append("<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>\n")
        .append("<video><model type='none'/></video>\n");
  }

  /** For ports, at most two disks, the channel and the source of random numbers. */
  private int slots() {
    return instance.ports().size() + 4 + SPARE_SLOTS;
  }

  private static String disk(String format, Path file, String name, String rest) {
    return """
    <disk type='file' device='disk'><driver name='qemu' type='%s'/><source file='%s'/>
      <target dev='%s' bus='virtio'/>%s</serial></disk>
    """
        .formatted(format, escaped(file.toString()), name, rest);
  }

  /** A port, as a device of its own. */
  String network(Port port) {
    String common = "<mac address='%s'/><model type='virtio'/>".formatted(port.mac());
    if (port.isSocket()) {
      return """
      <interface type='vhostuser'><source type='unix' path='%s' mode='client'>
        <reconnect enabled='yes' timeout='1'/></source>%s<alias name='%s'/></interface>
      """
          .formatted(escaped(port.socket(place).toString()), common, alias(port));
    }
    return "<interface type='ethernet'><target dev='%s' managed='no'/>%s<driver name='%s'/></interface>\n"
        .formatted(port.tap(place), common, Accelerator.carriesIn(port) ? "vhost" : "qemu");
  }

  /** What a user calls a device begins like this (libvirt's formatdomain). */
  private String alias(Port port) {
    return "ua-" + port.tap(place);
  }

  /**
   * QEMU that emulates the processor takes a vhost-user device for one of KVM's as soon as the
   * guest unmasks its message-signalled interrupts, and dies of it (7.2, virtio-pci.c): so such a
   * device has none, and interrupts by a line.
   */
  private String overrides() {
    StringBuilder overrides = new StringBuilder();
    if (accelerator == Accelerator.EMULATION) {
      instance.ports().stream()
          .filter(Port::isSocket)
          .forEach(
              port ->
                  overrides.append(
                      """
                      <qemu:device alias='%s'><qemu:frontend>
                        <qemu:property name='vectors' type='unsigned' value='0'/>
                      </qemu:frontend></qemu:device>
                      """
                          .formatted(alias(port))));
    }
    return overrides.isEmpty() ? "" : "<qemu:override>\n" + overrides + "</qemu:override>\n";
  }

  private static void element(StringBuilder xml, String name, String text) {
    xml.append('<').append(name).append('>').append(escaped(text));
    xml.append("</").append(name).append(">\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&apos;");
  }
}
