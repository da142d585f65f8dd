package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeleteCommandTest {

  @Test
  void eachGraphIsDeletedAndToldWithItsTime() {
    try (FakeNode node = new FakeNode()) {
      node.on("DELETE /NF-FG/g1", 204, "", "delete;dur=4.2").on("DELETE /NF-FG/g2", 204, "");
      Ran ran = Ran.un(node, "delete", "g1", "g2");
      assertThat(ran).isEqualTo(new Ran(0, "g1 deleted in 4.2 ms\ng2 deleted\n", ""));
      assertThat(node.requests()).containsExactly("DELETE /NF-FG/g1", "DELETE /NF-FG/g2");
    }
  }

  @Test
  void oneUnknownGraphDoesNotKeepTheOthers() {
    try (FakeNode node = new FakeNode()) {
      node.on("DELETE /NF-FG/gx", 404, "{\"detail\":\"no graph gx\"}");
      node.on("DELETE /NF-FG/g2", 204, "");
      Ran ran = Ran.un(node, "delete", "gx", "g2");
      assertThat(ran).isEqualTo(new Ran(1, "g2 deleted\n", "un: no graph gx\n"));
    }
  }

  @Test
  void jsonNamesTheDeletedGraph() {
    try (FakeNode node = new FakeNode()) {
      node.on("DELETE /NF-FG/g1", 204, "");
      assertThat(Ran.un(node, "delete", "--json", "g1").out())
          .isEqualTo("{\n  \"nffg-uuid\": \"g1\"\n}\n");
    }
  }

  @Test
  void anEmptyIdNeverReachesTheNode() {
    try (FakeNode node = new FakeNode()) {
      assertThat(Ran.un(node, "delete", "g1", "").status()).isEqualTo(CommandTree.USAGE);
      assertThat(node.requests()).isEmpty();
    }
  }
}
