package org.universalnode.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.node.upstream.UpstreamOptions;

class NorthboundSectionsTest {
  @TempDir Path folder;

  @Test
  void anUpstreamHasTheUsualTopicAndPathsBesideTheFile() throws IOException {
    FileContent content =
        read("[[upstream]]\nkind='mqtt'\naddress='mqtt://10.0.0.1:1883'\ncredentials='login'\n");
    assertThat(content.problems()).isEmpty();
    UpstreamOptions one = content.upstreams().getFirst();
    assertThat(one.topic()).isEqualTo("frog:domain-description");
    assertThat(one.credentials()).hasValue(folder.resolve("login"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[upstream]]\nkind='pigeon'\naddress='https://a.b/'",
        "[[upstream]]\nkind='webhook'\naddress='https://user:secret@a.b/'",
        "[[upstream]]\nkind='webhook'\naddress='file:///etc/passwd'",
        "[[upstream]]\nkind='mqtt'\naddress='mqtt://a.b'",
        "[[upstream]]\nkind='mqtt'\naddress='https://a.b/'",
        "[[upstream]]\nkind='nats'\naddress='nats://a.b:1'\ntopic='a.*'",
        "[[upstream]]\nkind='nats'\naddress='nats://a.b:1'\nkey='k'",
        "[[upstream]]\nkind='webhook'",
        "[[interface]]\nside='core'",
        "[[interface]]\nname='a'\nside='left'",
        "[[interface]]\nname='a'\nvlans=[4095]",
        "[[interface]]\nname='a'\n[[interface.neighbour]]\ndomain='b'\ntype='friend'"
      })
  void whatCannotBeMeantIsAProblemThatTellsNoSecret(String text) throws IOException {
    assertThat(read(text).problems())
        .isNotEmpty()
        .allMatch(problem -> !problem.nextStep().isEmpty())
        .noneMatch(problem -> problem.toString().contains("secret@"));
  }

  private FileContent read(String text) throws IOException {
    return ConfigurationFile.read(Files.writeString(folder.resolve("node.toml"), text));
  }
}
