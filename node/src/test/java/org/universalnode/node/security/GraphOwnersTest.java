package org.universalnode.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.security.GraphOwners.Claim;

class GraphOwnersTest {
  private static final Caller ANNA = person("anna", "blue", Role.TENANT);
  private static final Caller CARL = person("carl", "blue", Role.TENANT);
  private static final Caller BERT = person("bert", "red", Role.TENANT);
  private static final Caller OPERATOR = person("olga", "red", Role.OPERATOR);
  private static final Caller READER = person("rita", "blue", Role.READ_ONLY);
  private static final Caller ROOT = new Caller.Local(0);

  @TempDir private Path folder;
  private SecurityStore store;
  private GraphOwners owners;

  @BeforeEach
  void open() {
    store = SecurityStore.open(folder.resolve("users.db"));
    owners = new GraphOwners(store, Permissions.USUAL, Permission.EVERYTHING);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everybodyMayWhatThePermissionsSay() {
    owners.claim("g", ANNA);
    assertThat(may("g")).isEqualTo("anna AAA, carl ADD, bert DDD, olga AAA, rita ADD, root AAA");
    owners.permit("g", new Permissions(letters("ADD"), letters("AAD"), letters("DDA")));
    assertThat(may("g")).isEqualTo("anna ADD, carl AAD, bert DDA, olga AAA, rita ADD, root AAA");
  }

  @Test
  void operatorsMayWhatTheNodesOwnPermissionsSay() {
    owners = new GraphOwners(store, Permissions.USUAL, letters("AAD"));
    owners.claim("g", ANNA);
    assertThat(may("g")).isEqualTo("anna AAA, carl ADD, bert DDD, olga AAD, rita ADD, root AAA");
  }

  @Test
  void whatRootMakesIsNoTenants() {
    owners.claim("g", ROOT);
    assertThat(may("g")).isEqualTo("anna DDD, carl DDD, bert DDD, olga AAA, rita ADD, root AAA");
    assertThat(owners.may(new Caller.Stranger(), Right.READ, "g")).isFalse();
  }

  @Test
  void whoMakesItAgainOwnsIt() {
    owners.claim("g", ANNA);
    owners.forget("g");
    owners.claim("g", BERT);
    assertThat(owners.of("g").owner()).isEqualTo("bert");
    owners.forget("g");
    owners.claim("g", ROOT);
    assertThat(owners.of("g").owner()).isEmpty();
  }

  @Test
  void aGraphThatIsGoneIsStillKnownToItsOwnerUntilTheNextLife() {
    owners.claim("g", ANNA);
    owners.forget("g");
    assertThat(owners.may(ANNA, Right.READ, "g")).isTrue();
    reopen();
    assertThat(owners.may(ANNA, Right.READ, "g")).isFalse();
  }

  @Test
  void aClaimIsReleasedUnlessThereIsANewerOne() {
    Claim failed = owners.claim("g", ANNA);
    owners.release(failed);
    assertThat(owners.of("g").owner()).isEmpty();
    Claim slow = owners.claim("g", ANNA);
    owners.claim("g", BERT);
    owners.release(slow);
    assertThat(owners.of("g").owner()).isEqualTo("bert");
  }

  @Test
  void theNextLifeKnowsTheSame() {
    owners.claim("g", ANNA);
    owners.permit("g", new Permissions(letters("AAA"), letters("AAA"), letters("ADD")));
    owners.claim("stray", BERT);
    String before = may("g");
    reopen();
    owners.retain(Set.of("g"));
    assertThat(may("g")).isEqualTo(before);
    assertThat(owners.of("stray").owner()).isEmpty();
  }

  @Test
  void whoTakesTheNameOfAUserThatIsGoneDoesNotTakeItsGraphs() {
    owners.claim("g", ANNA);
    owners.disown("anna");
    assertThat(may("g")).isEqualTo("anna DDD, carl DDD, bert DDD, olga AAA, rita ADD, root AAA");
  }

  private void reopen() {
    store.close();
    open();
  }

  private String may(String graph) {
    return String.join(
        ", ",
        "anna " + letters(ANNA, graph),
        "carl " + letters(CARL, graph),
        "bert " + letters(BERT, graph),
        "olga " + letters(OPERATOR, graph),
        "rita " + letters(READER, graph),
        "root " + letters(ROOT, graph));
  }

  private String letters(Caller caller, String graph) {
    StringBuilder text = new StringBuilder();
    for (Right right : Right.values()) {
      text.append(owners.may(caller, right, graph) ? 'A' : 'D');
    }
    return text.toString();
  }

  private static Permission letters(String text) {
    return Permission.of(text).orElseThrow();
  }

  private static Caller person(String name, String group, Role role) {
    return new Caller.Person(new Account(name, group, role), new Session(name, "", 0));
  }
}
