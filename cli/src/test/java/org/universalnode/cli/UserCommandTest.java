package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserCommandTest {

  @Test
  void usersAndGroupsAreListed() {
    try (FakeNode node = new FakeNode()) {
      node.on(
          "GET /users",
          200,
          """
          {"users":[{"username":"admin","group":"admin","role":"admin"},
           {"username":"anna","group":"blue","role":"tenant"}]}""");
      node.on("GET /groups", 200, "{\"groups\":[\"admin\",\"blue\"]}");
      assertThat(Ran.un(node, "user", "list").out())
          .isEqualTo(
              """
              USER   GROUP  ROLE
              admin  admin  admin
              anna   blue   tenant
              """);
      assertThat(Ran.un(node, "group", "list").out()).isEqualTo("GROUP\nadmin\nblue\n");
      assertThat(Ran.un(node, "user", "list", "--json").out()).contains("\"username\": \"anna\"");
    }
  }

  @Test
  void eachCommandIsOneRequest() {
    try (FakeNode node = new FakeNode()) {
      for (String request :
          List.of("DELETE /users/anna", "DELETE /users/anna/tokens", "PUT /users/anna")) {
        node.on(request, 204, "");
      }
      node.on("POST /users/anna", 202, "").on("PUT /users/anna/password", 204, "");
      node.on("PUT /groups/blue", 201, "").on("DELETE /groups/blue", 204, "");
      run(node, "group", "add", "blue");
      run(node, "user", "add", "anna", "--group", "blue", "--role", "operator");
      run(node, "user", "set", "anna", "--role", "tenant");
      run(node, "user", "password", "anna");
      run(node, "user", "logout", "anna");
      run(node, "user", "delete", "anna");
      run(node, "group", "delete", "blue");
      assertThat(node.requests())
          .containsExactly(
              "PUT /groups/blue",
              "POST /users/anna"
                  + " {\"group\":\"blue\",\"role\":\"operator\",\"password\":\"the password\"}",
              "PUT /users/anna {\"role\":\"tenant\"}",
              "PUT /users/anna/password {\"password\":\"the password\"}",
              "DELETE /users/anna/tokens",
              "DELETE /users/anna",
              "DELETE /groups/blue");
    }
  }

  @Test
  void whatIsNotSaidIsAskedFor() {
    try (FakeNode node = new FakeNode()) {
      Ran ran = Ran.un(node, "user", "set", "anna");
      assertThat(ran.status()).isEqualTo(CommandTree.USAGE);
      assertThat(ran.err()).contains("say --group or --role");
      assertThat(Ran.un(node, "user").err()).contains("user needs one of");
      assertThat(Ran.un(node, "group").err()).contains("group needs one of");
      assertThat(node.requests()).isEmpty();
    }
  }

  @Test
  void auditIsExplainedAndNotRunHere() {
    Ran ran = Ran.un(Map.of(), "", false, "audit", "verify");
    assertThat(ran.status()).isEqualTo(CommandTree.USAGE);
    assertThat(ran.err()).contains("next: run the launcher: un audit");
  }

  private static void run(FakeNode node, String... arguments) {
    Map<String, String> environment = Map.of("UN_URL", node.url());
    assertThat(Ran.un(environment, "the password\n", false, arguments).err()).isEmpty();
  }
}
