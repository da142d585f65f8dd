package org.universalnode.node.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class AccountsTest {
  private static final String PASSWORD = "correct horse";
  private static final String ADDRESS = "192.0.2.1";

  @TempDir private Path folder;

  @Test
  void aNodeMakesUpThePasswordOfItsFirstAdministrator() throws IOException {
    String password = opened(_ -> {}).strip();
    assertThat(password).hasSize(24);
    assertThat(Files.getPosixFilePermissions(first()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("users.db")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    opened(
        security -> {
          String token = security.sessions().login("admin", password, ADDRESS);
          Account admin = security.sessions().person(token).orElseThrow().account();
          assertThat(admin).isEqualTo(new Account("admin", "admin", Role.ADMIN));
        });
    assertThat(Files.readString(first())).as("the same in the next life").contains(password);
  }

  @Test
  void onceItIsChangedTheFirstPasswordIsNowhere() throws IOException {
    open(security -> assertThat(security.accounts().setPassword("admin", PASSWORD)).isTrue());
    assertThat(first()).doesNotExist();
    open(security -> security.sessions().prove("admin", PASSWORD, ADDRESS));
    assertThat(first()).doesNotExist();
  }

  @Test
  void whatIsChangedIsThereInTheNextLife() {
    open(
        security -> {
          Accounts accounts = security.accounts();
          assertThat(accounts.addGroup("blue")).isTrue();
          assertThat(accounts.addGroup("blue")).isFalse();
          accounts.add(new Account("anna", "blue", Role.TENANT), PASSWORD);
          accounts.add(new Account("bert", "blue", Role.TENANT), PASSWORD);
          assertThat(accounts.remove("bert")).isTrue();
          assertThat(accounts.remove("bert")).isFalse();
          assertThat(
                  accounts.change(
                      "anna", was -> new Account(was.name(), was.group(), Role.OPERATOR)))
              .isTrue();
        });
    open(
        security -> {
          assertThat(security.accounts().all())
              .containsExactly(
                  new Account("admin", "admin", Role.ADMIN),
                  new Account("anna", "blue", Role.OPERATOR));
          assertThat(security.accounts().groups()).containsExactly("admin", "blue");
        });
  }

  @Test
  void whatMakesNoSenseIsRefusedAndChangesNothing() {
    open(
        security -> {
          Accounts accounts = security.accounts();
          refused(Code.UNKNOWN_REFERENCE, () -> accounts.add(tenant("anna", "red"), PASSWORD));
          accounts.addGroup("blue");
          refused(Code.INVALID_DOCUMENT, () -> accounts.add(tenant("anna", "blue"), "short"));
          refused(Code.INVALID_DOCUMENT, () -> accounts.add(tenant("An na", "blue"), PASSWORD));
          refused(Code.CONFLICT, () -> accounts.add(tenant("admin", "blue"), PASSWORD));
          refused(Code.INVALID_DOCUMENT, () -> accounts.addGroup("../etc"));
          refused(Code.CONFLICT, () -> accounts.removeGroup("admin"));
          assertThat(accounts.all()).hasSize(1);
          assertThat(accounts.groups()).containsExactly("admin", "blue");
        });
  }

  @Test
  void thereIsAlwaysAnAdministrator() {
    open(
        security -> {
          Accounts accounts = security.accounts();
          refused(Code.CONFLICT, () -> accounts.remove("admin"));
          refused(Code.CONFLICT, () -> accounts.change("admin", _ -> tenant("admin", "admin")));
          accounts.add(new Account("anna", "admin", Role.ADMIN), PASSWORD);
          assertThat(accounts.remove("admin")).isTrue();
          refused(Code.CONFLICT, () -> accounts.remove("anna"));
        });
  }

  private static Account tenant(String name, String group) {
    return new Account(name, group, Role.TENANT);
  }

  private static void refused(Code code, ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.first().code()).isEqualTo(code));
  }

  private void open(Consumer<Security> use) {
    Security.Policy policy =
        new Security.Policy(Duration.ofHours(1), Permissions.USUAL, Permission.EVERYTHING);
    try (Security security = Security.open(folder, policy)) {
      use.accept(security);
    }
  }

  private String opened(Consumer<Security> use) throws IOException {
    open(use);
    return Files.readString(first());
  }

  private Path first() {
    return folder.resolve("first-password");
  }
}
