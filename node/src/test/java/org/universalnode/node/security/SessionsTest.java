package org.universalnode.node.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class SessionsTest {
  private static final String PASSWORD = "correct horse";
  private static final String ADDRESS = "192.0.2.1";

  @TempDir private Path folder;
  private final AtomicLong now = new AtomicLong();
  private SecurityStore store;
  private Accounts accounts;
  private Sessions sessions;

  @BeforeEach
  void makeAnna() {
    Hashing hashing = new Hashing(10);
    store = SecurityStore.open(folder.resolve("users.db"));
    accounts = new Accounts(store, hashing, new FirstPassword(folder));
    sessions = new Sessions(accounts, hashing, Duration.ofMinutes(10), now::get);
    accounts.addGroup("blue");
    accounts.add(new Account("anna", "blue", Role.TENANT), PASSWORD);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aTokenHoldsUntilItsTimeIsOver() {
    String token = login();
    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    now.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
    assertThat(sessions.person(token)).isPresent();
    now.addAndGet(1);
    assertThat(sessions.person(token)).isEmpty();
    assertThat(sessions.person("something else")).isEmpty();
  }

  @Test
  void oneEndsAndTheOtherGoesOn() {
    String token = login();
    String other = login();
    assertThat(token).isNotEqualTo(other);
    Caller.Person person = sessions.person(token).orElseThrow();
    sessions.end(person.session());
    assertThat(sessions.person(token)).isEmpty();
    assertThat(sessions.now(person)).isEmpty();
    assertThat(sessions.person(other)).isPresent();
    sessions.endAll("anna");
    assertThat(sessions.person(other)).isEmpty();
  }

  @Test
  void anotherPasswordOrAnotherUserOfThatNameEndsAll() {
    String token = login();
    accounts.setPassword("anna", "another horse");
    assertThat(sessions.person(token)).isEmpty();
    accounts.setPassword("anna", PASSWORD);
    assertThat(sessions.person(token)).as("though it is the same again").isEmpty();
    String next = login();
    accounts.remove("anna");
    assertThat(sessions.person(next)).isEmpty();
    accounts.add(new Account("anna", "blue", Role.ADMIN), PASSWORD);
    assertThat(sessions.person(next)).isEmpty();
  }

  @Test
  void whoIsGivenAnotherRoleHasItAtOnce() {
    String token = login();
    accounts.change("anna", was -> new Account(was.name(), was.group(), Role.READ_ONLY));
    assertThat(sessions.person(token).orElseThrow().account().role()).isEqualTo(Role.READ_ONLY);
  }

  @Test
  void wrongPasswordsAndUnknownNamesAreToldTheSame() {
    assertThat(refusal("anna", "wrong")).isEqualTo(refusal("nobody", PASSWORD));
    assertThat(refusal("anna", "wrong")).isEqualTo(refusal("../x", PASSWORD));
  }

  @Test
  void whoeverGuessesIsSlowedDownAndOthersAreNot() {
    for (int i = 0; i < 20; i++) {
      assertThat(refusal("anna", "guess " + i)).contains("don't go together");
    }
    assertThat(refusal("anna", PASSWORD)).contains("too many logins");
    assertThat(sessions.login("anna", PASSWORD, "192.0.2.2")).isNotEmpty();
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(login()).isNotEmpty();
  }

  @Test
  void whoLogsInVeryOftenLosesTheOldest() {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      tokens.add(login());
    }
    assertThat(sessions.person(tokens.getFirst())).isEmpty();
    assertThat(tokens.subList(1, tokens.size()))
        .allMatch(token -> sessions.person(token).isPresent());
  }

  private String login() {
    return sessions.login("anna", PASSWORD, ADDRESS);
  }

  private String refusal(String name, String password) {
    List<String> said = new ArrayList<>();
    assertThatThrownBy(() -> sessions.login(name, password, ADDRESS))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.first().code()).isIn(Code.UNAUTHENTICATED, Code.BUSY);
              said.add(e.first().detail());
            });
    return said.getFirst();
  }
}
