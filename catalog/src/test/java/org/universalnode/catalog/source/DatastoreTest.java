package org.universalnode.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.TemplateWriters;
import org.universalnode.nffg.NetworkFunction;

class DatastoreTest {
  private static final String ALL = "/v2/nf_template/";

  @TempDir Path folder;
  private TemplateServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TemplateServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"list\": [{\"id\": \"AB12CD\", \"template\": %s, \"image-upload-status\": \"CO\"}]}",
        "[{\"id\": \"AB12CD\", \"template\": %s}]",
        "{\"AB12CD\": %s}",
        "{\"AB12CD\": {\"template\": %s}}"
      })
  void allFormsOfAListAreRead(String form) {
    server.file(ALL, form.formatted(RemoteText.template("nat")));
    try (RemoteSource source = open()) {
      Catalog catalog = asked(source, function("", "", "AB12CD"));
      assertThat(found(catalog, function("", "", "AB12CD"))).isEqualTo("nat");
      assertThat(found(catalog, function("", "firewall", ""))).isEqualTo("nat");
    }
  }

  @Test
  void aTemplateOfTheOlderFormIsRead() {
    String older =
        RemoteText.template("nat")
            .replace("uri-image-type", "uri-type")
            .replace("uri-image", "uri")
            .replace("64", "\"64\"");
    server.file(ALL, "[" + older + "]");
    try (RemoteSource source = open()) {
      assertThat(found(asked(source, function("nat", "", "")), function("nat", "", "")))
          .isEqualTo("nat");
    }
  }

  @Test
  void whatIsStillBeingUploadedIsLeftOut() {
    server.file(
        ALL,
        "[{\"id\": \"1\", \"image-upload-status\": \"IP\", \"template\": %s}]"
            .formatted(RemoteText.template("nat")));
    try (RemoteSource source = open()) {
      assertThat(asked(source, function("nat", "", "")).all()).isEmpty();
    }
  }

  @Test
  void aDatastoreWithoutAListIsAskedForWhatAGraphNames() {
    server.file(ALL + "AB12CD/", RemoteText.template("nat"));
    server.file(
        "/v2/nf_capability/firewall/",
        "{\"list\": [{\"id\": \"X\", \"template\": %s}]}".formatted(RemoteText.template("fw")));
    try (RemoteSource source = open()) {
      Catalog catalog = asked(source, function("", "", "AB12CD"));
      assertThat(found(catalog, function("", "", "AB12CD"))).isEqualTo("nat");
      catalog.ask(function("wall", "firewall", ""));
      assertThat(catalog.all()).extracting(FunctionTemplate::name).containsExactly("fw", "nat");
    }
    try (RemoteSource again = open()) {
      assertThat(Catalog.from(List.of(again)).all()).hasSize(2);
    }
  }

  @Test
  void aNameWithSlashesAsksForNothingElse() {
    try (RemoteSource source = open()) {
      asked(source, function("", "", "../../secret?x=1"));
      assertThat(server.asked()).contains("404 /v2/nf_template/..%2F..%2Fsecret%3Fx%3D1/");
    }
  }

  @Test
  void implementationsOfOneNameAreAllOffered() {
    String docker = RemoteText.template("nat").replace("native", "docker");
    server.file(ALL, "[%s, %s]".formatted(docker, RemoteText.template("nat")));
    try (RemoteSource source = open()) {
      assertThat(asked(source, function("nat", "", "")).all()).hasSize(2);
    }
  }

  private RemoteSource open() {
    return RemoteSource.open(
        server.asDatastore(), TemplateWriters.OWNERS, folder, Duration.ofHours(1));
  }

  private static Catalog asked(RemoteSource source, NetworkFunction function) {
    Catalog catalog = Catalog.from(List.of(source));
    catalog.ask(function);
    return catalog;
  }

  private static String found(Catalog catalog, NetworkFunction function) {
    return catalog.implementations(function, _ -> List.of()).orThrow().good().getFirst().name();
  }

  private static NetworkFunction function(String name, String capability, String template) {
    return new NetworkFunction("f1", name, capability, template, List.of(), "{}");
  }
}
