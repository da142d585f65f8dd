package org.universalnode.node.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.universalnode.node.security.AuditEntry;

class AuditedRequestsTest {
  private final Served server = new Served(Capacity.ofMachine(), _ -> Response.empty(204));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void changesAreToldWithoutWhatCanBeSecret() {
    HttpResponse<String> answer = server.call("PUT", "/NF-FG/a%20b?key=hidden", "hidden");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(server.audited()).hasSize(1);
    AuditEntry entry = server.audited().getFirst();
    assertThat(entry.path()).isEqualTo("/NF-FG/a%20b");
    assertThat(entry.method()).isEqualTo("PUT");
    assertThat(entry.status()).isEqualTo(204);
    assertThat(entry.user()).isPresent();
    assertThat(entry.toString()).doesNotContain("hidden").contains("127.0.0.1:");
  }

  @Test
  void whatIsOnlyReadIsNotTold() {
    server.call("GET", "/NF-FG");
    assertThat(server.audited()).isEmpty();
  }
}
