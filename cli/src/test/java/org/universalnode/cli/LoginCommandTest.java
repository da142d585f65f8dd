package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginCommandTest {
  private static final String LIST = "{\"NF-FG\":[]}";

  @TempDir private Path home;

  @Test
  void whoLoggedInIsKnownInTheNextCallsToThatNodeOnly() throws IOException {
    try (FakeNode node = new FakeNode();
        FakeNode other = new FakeNode()) {
      node.on("POST /login", 200, "secret-token").on("GET /NF-FG", 200, LIST);
      other.on("GET /NF-FG", 200, LIST);
      Ran login = un(node, "the password\nmore", "login", "anna");
      assertThat(login).isEqualTo(new Ran(0, "logged in as anna\n", ""));
      assertThat(node.requests())
          .containsExactly("POST /login {\"username\":\"anna\",\"password\":\"the password\"}");
      assertThat(un(node, "", "list").status()).isZero();
      assertThat(un(other, "", "list").status()).isZero();
      assertThat(node.tokens()).containsExactly("secret-token");
      assertThat(other.tokens()).isEmpty();
      assertThat(Files.getPosixFilePermissions(file()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void whoLogsOutIsUnknownAgainAlsoIfTheTokenWasOver() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /login", 200, "secret-token").on("DELETE /login", 204, "");
      node.on("GET /NF-FG", 200, LIST);
      un(node, "the password", "login", "anna");
      assertThat(un(node, "", "logout").out()).isEqualTo("logged out\n");
      assertThat(un(node, "", "logout").out()).isEqualTo("not logged in\n");
      un(node, "the password", "login", "anna");
      node.on("DELETE /login", 401, "{\"code\":\"UNAUTHENTICATED\",\"detail\":\"log in first\"}");
      assertThat(un(node, "", "logout")).isEqualTo(new Ran(0, "logged out\n", ""));
    }
  }

  @Test
  void aWrongPasswordIsToldAndNothingIsKept() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /login", 401, "{\"detail\":\"no\"}", Map.of("WWW-Authenticate", "Bearer"));
      Ran ran = un(node, "wrong password", "login", "anna");
      assertThat(ran.status()).isOne();
      assertThat(ran.err()).startsWith("un: user and password don't go together\n  next: ");
      assertThat(ran.err()).doesNotContain("wrong password");
      assertThat(file()).doesNotExist();
      assertThat(un(node, "", "login", "anna").err()).startsWith("un: no password was given");
    }
  }

  @Test
  void aTokenCanBePrintedForScriptsAndComeFromTheEnvironment() {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /login", 200, "secret-token").on("GET /NF-FG", 200, LIST);
      assertThat(un(node, "the password", "login", "anna", "--print-token").out())
          .isEqualTo("secret-token\n");
      assertThat(file()).doesNotExist();
      Map<String, String> environment = Map.of("UN_URL", node.url(), "UN_TOKEN", "other-token");
      assertThat(Ran.un(environment, "", false, "list").status()).isZero();
      assertThat(node.tokens()).containsExactly("other-token");
    }
  }

  @Test
  void aFileThatOthersMayReadIsNotUsed() throws IOException {
    try (FakeNode node = new FakeNode()) {
      node.on("POST /login", 200, "secret-token").on("GET /NF-FG", 200, LIST);
      un(node, "the password", "login", "anna");
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
      Ran ran = un(node, "", "list");
      assertThat(ran.status()).isOne();
      assertThat(ran.err()).startsWith("un: others may use " + file()).contains("chmod 600");
      assertThat(node.tokens()).isEmpty();
    }
  }

  @Test
  void aTokenIsNotSentForAllToRead() {
    Map<String, String> environment =
        Map.of("UN_URL", "http://192.0.2.1:8080", "UN_TOKEN", "secret-token");
    Ran ran = Ran.un(environment, "", false, "list");
    assertThat(ran.status()).isOne();
    assertThat(ran.err()).contains("for all to read", "use https").doesNotContain("secret-token");
  }

  /** Nor a password. */
  @Test
  void noPasswordIsSentForAllToRead() {
    Ran ran =
        Ran.un(Map.of("UN_URL", "http://192.0.2.1:8080"), "the password", false, "login", "anna");
    assertThat(ran.status()).isOne();
    assertThat(ran.err()).contains("for all to read").doesNotContain("the password");
  }

  private Ran un(FakeNode node, String in, String... arguments) {
    Map<String, String> environment = new HashMap<>();
    environment.put("UN_URL", node.url());
    environment.put("HOME", home.toString());
    return Ran.un(environment, in, false, arguments);
  }

  private Path file() {
    return home.resolve(".config/universal-node/tokens.json");
  }
}
