package org.universalnode.compute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.universalnode.compute.Containment;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.PortSpec;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.ProblemException;

class DomainXmlTest {
  private static final MachineImage IMAGE =
      new MachineImage(
          Optional.of(
              new MachineImage.Kernel(Path.of("/i/vmlinuz"), Path.of("/i/initrd"), "a=\"<b>\"")),
          Optional.empty(),
          "");

  private final Place place = new Places("n1", Path.of("/state")).of(new InstanceId("g&g", "f'f"));

  @Test
  void whatPeopleWriteIsEscaped() {
    assertThat(xml("", Accelerator.EMULATION))
        .contains("graph='g&amp;g'")
        .contains("function='f&apos;f'")
        .contains("<cmdline>a=\"&lt;b&gt;\" nr_cpus=2</cmdline>");
  }

  @Test
  void memoryCoresAndQuotaAreThoseOfTheInstance() {
    assertThat(xml("", Accelerator.EMULATION))
        .contains("<memory unit='KiB'>65536</memory>")
        .contains("<vcpu>2</vcpu>")
        .contains("<global_quota>50000</global_quota>");
  }

  @Test
  void anEmulatedProcessorHasABoundedCacheAndARealOneIsTheMachines() {
    assertThat(xml("", Accelerator.EMULATION)).contains("<domain type='qemu' ").contains("<tcg>");
    assertThat(xml("", Accelerator.KVM))
        .contains("<domain type='kvm' ")
        .contains("<cpu mode='host-passthrough'/>")
        .doesNotContain("<tcg>");
  }

  @Test
  void aPortIsATapOfTheNodesOrASocketOfTheSwitch() {
    String tap = place.tapOf(PortLabel.parse("lan:0"));
    assertThat(tap).hasSizeLessThanOrEqualTo(15);
    assertThat(xml("", Accelerator.EMULATION))
        .contains("<interface type='ethernet'><target dev='" + tap + "' managed='no'/>");
    assertThat(xml("usvhost", Accelerator.EMULATION))
        .contains("<interface type='vhostuser'><source type='unix'")
        .contains("path='/run/universal-node/n1-vm/" + tap + "' mode='client'>")
        .contains("<access mode='shared'/>")
        .contains("<qemu:device alias='ua-" + tap + "'>");
    assertThat(xml("usvhost", Accelerator.KVM)).doesNotContain("<qemu:override>");
    assertThat(xml("", Accelerator.EMULATION)).doesNotContain("<qemu:override>");
  }

  @Test
  void anotherTechnologyIsRefused() {
    assertThatThrownBy(() -> port("ivshmem"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ivshmem");
  }

  private String xml(String technology, Accelerator accelerator) {
    Containment containment =
        new Containment(Isolation.USER, 64 << 20, 10, OptionalInt.of(50), List.of(), List.of());
    Recorded instance =
        new Recorded(
            new InstanceId("g&g", "f'f"),
            Path.of("/i"),
            List.of(port(technology)),
            containment,
            2,
            List.of());
    assertThat(Recorded.read(instance.write())).isEqualTo(instance);
    return new DomainXml(place, instance, IMAGE, accelerator).text();
  }

  private static Port port(String technology) {
    return Port.of(
        new PortSpec(
            PortLabel.parse("lan:0"),
            MacAddress.parse("02:00:00:00:00:01"),
            Optional.empty(),
            technology));
  }
}
