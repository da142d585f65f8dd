package org.universalnode.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthBookTest {
  private static final FunctionName NAT = new FunctionName("home", "nat");
  private static final Finding FINE = new Finding.Fine();
  private static final Finding BAD = new Finding.Doubtful("no lease");
  private static final Finding GONE = new Finding.Broken("it lost process 7 (dnsmasq)");

  private final List<FunctionHealth> told = new ArrayList<>();
  private final HealthBook book =
      new HealthBook(Pace.DEFAULT, RestartPolicy.DEFAULT, (_, _, now) -> told.add(now));
  private Instant now = Instant.EPOCH;

  @Test
  void oneBadAnswerIsChanceAndTwoInARowAreAnIllness() {
    book.keep(List.of(NAT), now);
    look(BAD);
    look(FINE);
    look(BAD);
    assertThat(told).isEmpty();
    look(BAD);
    assertThat(told).containsExactly(new FunctionHealth.Ill("no lease", now));
    assertThat(book.next(now)).contains(new HealthWork.Restart(NAT));
  }

  @Test
  void whatSaysThatItDoesNotDoItsWorkIsShownIllAndLeftAlone() {
    book.keep(List.of(NAT), now);
    look(new Finding.Unwell("no tunnel"));
    assertThat(told).isEmpty();
    look(new Finding.Unwell("no tunnel"));
    Instant since = now;
    assertThat(told).containsExactly(new FunctionHealth.Ill("no tunnel", since));
    assertThat(book.next(now)).isEmpty();
    look(new Finding.Unwell("no tunnel"));
    look(FINE);
    assertThat(told)
        .containsExactly(new FunctionHealth.Ill("no tunnel", since), new FunctionHealth.Well());
  }

  @Test
  void whatLostAPartIsRestartedAtOnce() {
    book.keep(List.of(NAT), now);
    book.disturbed(NAT, now);
    assertThat(book.next(now)).contains(new HealthWork.Look(NAT));
    book.looked(NAT, GONE, now);
    assertThat(book.next(now)).contains(new HealthWork.Restart(NAT));
    book.restarted(NAT, "", now);
    assertThat(told)
        .containsExactly(
            new FunctionHealth.Ill("it lost process 7 (dnsmasq)", now),
            new FunctionHealth.Restarting(1, now),
            new FunctionHealth.Well());
  }

  @Test
  void restartsBackOffAndAfterFiveItHasFailedAndIsTriedEveryFiveMinutes() {
    book.keep(List.of(NAT), now);
    book.disturbed(NAT, now);
    look(GONE);
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      delays.add(restart("start ended with status 1"));
    }
    assertThat(delays).containsExactly(0L, 1L, 2L, 4L, 8L, 300L, 300L, 300L);
    assertThat(book.health())
        .containsEntry(NAT, new FunctionHealth.Failed("start ended with status 1"));
    assertThat(told.stream().filter(FunctionHealth.Failed.class::isInstance)).hasSize(1);
  }

  @Test
  void afterFiveMinutesOfHealthItBeginsAnew() {
    book.keep(List.of(NAT), now);
    book.disturbed(NAT, now);
    look(GONE);
    for (int i = 0; i < 6; i++) {
      restart("no");
    }
    restart("");
    now = now.plus(RestartPolicy.DEFAULT.wellAfter());
    book.disturbed(NAT, now);
    look(GONE);
    assertThat(restart("")).isZero();
    assertThat(told).contains(new FunctionHealth.Restarting(1, now));
  }

  @Test
  void whatWasWellForAMomentOnlyHasNotBegunAnew() {
    book.keep(List.of(NAT), now);
    for (int i = 0; i < 5; i++) {
      book.disturbed(NAT, now);
      look(GONE);
      restart("");
    }
    book.disturbed(NAT, now);
    look(GONE);
    assertThat(book.health().get(NAT)).isInstanceOf(FunctionHealth.Failed.class);
  }

  @Test
  void sinceWhenItIsIllIsSaidHoweverOftenItIsRestarted() {
    book.keep(List.of(NAT), now);
    book.disturbed(NAT, now);
    look(GONE);
    Instant onset = now;
    restart("no");
    restart("no");
    assertThat(book.health()).containsEntry(NAT, new FunctionHealth.Ill("no", onset));
  }

  @Test
  void whatHappensDuringARestartIsLookedAtAfterwards() {
    book.keep(List.of(NAT), now);
    book.disturbed(NAT, now);
    look(GONE);
    assertThat(book.next(now)).isPresent();
    book.disturbed(NAT, now);
    assertThat(book.next(now)).isEmpty();
    book.restarted(NAT, "", now);
    assertThat(book.next(now)).contains(new HealthWork.Look(NAT));
  }

  @Test
  void whatIsNotWantedAnyMoreIsForgotten() {
    book.keep(List.of(NAT), now);
    book.disturbed(NAT, now);
    Optional<HealthWork> look = book.next(now);
    book.keep(List.of(), now);
    book.looked(look.orElseThrow().function(), GONE, now);
    book.disturbed(NAT, now);
    assertThat(book.health()).isEmpty();
    assertThat(book.next(now)).isEmpty();
    assertThat(book.wake()).isEqualTo(Instant.MAX);
  }

  @Test
  void looksAtManyFunctionsAreSpread() {
    List<FunctionName> many =
        IntStream.range(0, 100).mapToObj(i -> new FunctionName("g" + i, "f")).toList();
    book.keep(many, now);
    List<FunctionName> seen = new ArrayList<>();
    Instant begin = now;
    for (int i = 0; i < 200; i++) {
      now = book.wake();
      HealthWork work = book.next(now).orElseThrow();
      assertThat(book.next(now)).isEmpty();
      book.looked(work.function(), FINE, now);
      seen.add(work.function());
    }
    assertThat(Duration.between(begin, now)).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    assertThat(seen.subList(0, 100)).containsExactlyElementsOf(many);
    assertThat(seen.subList(100, 200)).containsExactlyElementsOf(many);
  }

  private void look(Finding finding) {
    Instant wake = book.wake();
    now = wake.isAfter(now) ? wake : now;
    assertThat(book.next(now)).contains(new HealthWork.Look(NAT));
    book.looked(NAT, finding, now);
  }

  /** Seconds from now to the next restart, which ends so at once. */
  private long restart(String failure) {
    Instant due = book.wake();
    Duration delay = Duration.between(now, due);
    now = due.isAfter(now) ? due : now;
    assertThat(book.next(now)).contains(new HealthWork.Restart(NAT));
    book.restarted(NAT, failure, now);
    return Math.max(0, delay.toSeconds());
  }
}
