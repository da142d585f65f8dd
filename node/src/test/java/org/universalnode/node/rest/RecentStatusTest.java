package org.universalnode.node.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentStatusTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong event = new AtomicLong(7);
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE); // the clock turns over
  private final AtomicInteger looks = new AtomicInteger();
  private final RecentStatus recent = new RecentStatus(event::get, now::get);

  @Test
  void withinAMomentNothingIsLookedAtTwice() {
    assertThat(ask("g")).isEqualTo("g 1");
    now.addAndGet(49 * MILLI);
    assertThat(ask("g")).isEqualTo("g 1");
    now.addAndGet(MILLI);
    assertThat(ask("g")).isEqualTo("g 2");
    assertThat(ask("h")).isEqualTo("h 3");
  }

  @Test
  void somethingThatHappenedIsLookedAt() {
    ask("g");
    event.incrementAndGet();
    assertThat(ask("g")).isEqualTo("g 2");
    recent.forget("g");
    assertThat(ask("g")).isEqualTo("g 3");
  }

  @Test
  void whatHappensDuringALookIsLookedAtAgain() {
    recent.of(
        "g",
        _ -> {
          event.incrementAndGet();
          return Response.text("before or after, nobody knows");
        });
    assertThat(ask("g")).isEqualTo("g 1");
  }

  private String ask(String graph) {
    Response response = recent.of(graph, id -> Response.text(id + " " + looks.incrementAndGet()));
    return response.body() instanceof Response.Text(String text) ? text : "";
  }
}
