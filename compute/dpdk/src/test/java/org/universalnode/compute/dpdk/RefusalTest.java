package org.universalnode.compute.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.ImageSource;
import org.universalnode.nffg.Isolation;
import org.universalnode.problem.Result;

/** What is refused before anything is made. */
@EnabledIf(
    value = "org.universalnode.compute.dpdk.InstalledDpdk#isThere",
    disabledReason = "needs root and dpdk-testpmd: install Debian's dpdk-dev")
class RefusalTest {
  @TempDir Path folder;
  private DpdkLab lab;
  private FunctionDriver driver;

  @BeforeEach
  void begin() {
    lab = new DpdkLab(folder, 0, "");
    driver = lab.driver();
  }

  @AfterEach
  void nothingIsMade() {
    assertThat(driver.observe().orThrow()).isEmpty();
    lab.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                          | program
          {"program": "no-such-thing"}                                | there is no program
          {"program": "../../bin/sh"}                                 | there is no program
          {"program": "sh", "shell": "yes"}                           | shell
          {"program": "sh", "eal": ["--vdev=net_pcap0,iface=eth0"]}   | an option that is the driver's
          {"program": "sh", "eal": ["-a", "0000:01:00.0"]}            | an option that is the driver's
          {"program": "sh", "arguments": ["{device}"]}                | is no word of a command here
          {"program": "sh", "each-port": ["--p", 3]}                  | is no word of a command here
          {"program": "sh", "hugepages": -1}                          | hugepages
          {"program": "sh",                                           | the text ends before
          """)
  void whatAnArchiveMayNotSay(String description, String complaint) {
    lab.write(description);
    Result<String> installed = driver.install(new ImageSource.Folder(lab.archive()));
    assertThat(installed).isInstanceOf(Result.Failed.class);
    assertThat(installed.toString()).contains(complaint);
  }

  @Test
  void aRegistryAndWhatIsNoProgram() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "#!/bin/sh");
    assertThat(driver.install(new ImageSource.File(text)).toString()).contains("is no program");
    assertThat(driver.install(new ImageSource.Registry("nf:1", Optional.empty())).toString())
        .contains("from a registry");
  }

  @Test
  void aConfigurationThatItWouldNotRead() {
    lab.write("{\"program\": \"dpdk-testpmd\"}");
    assertThat(driver.create(lab.spec("{\"a\":1}")).toString()).contains("has no settings");
  }

  @Test
  void anIsolationThatItWouldNotHave() {
    assertThat(driver.create(lab.spec(Isolation.JAIL)).toString()).contains("the isolation jail");
  }

  @Test
  void aPortTechnologyThatItDoesNotKnow() {
    try (DpdkLab other = new DpdkLab(folder, 0, "vhost")) {
      FunctionDriver asked = other.driver();
      assertThat(asked.create(other.spec("{}")).toString())
          .contains("port of the technology vhost");
    }
  }
}
