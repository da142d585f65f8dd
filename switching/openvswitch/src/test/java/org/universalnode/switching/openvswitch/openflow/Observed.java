package org.universalnode.switching.openvswitch.openflow;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.universalnode.problem.Problem;

/** Remembers what it was told. */
final class Observed implements DatapathListener {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  final List<Event> events = new CopyOnWriteArrayList<>();

  sealed interface Event {
    record Connected(Datapath datapath) implements Event {}

    record Gone(Datapath datapath, Problem why) implements Event {}

    record Received(Datapath datapath, Message message) implements Event {}
  }

  @Override
  public void connected(Datapath datapath) {
    events.add(new Event.Connected(datapath));
  }

  @Override
  public void gone(Datapath datapath, Problem why) {
    events.add(new Event.Gone(datapath, why));
  }

  @Override
  public void received(Datapath datapath, Message message) {
    events.add(new Event.Received(datapath, message));
  }

  /** Waits for the first message of that kind. */
  <T extends Message> T message(Class<T> kind, Predicate<T> wanted) {
    await().atMost(LIMIT).until(() -> find(kind, wanted).isPresent());
    return find(kind, wanted).orElseThrow();
  }

  private <T extends Message> Optional<T> find(Class<T> kind, Predicate<T> wanted) {
    return events.stream()
        .filter(Event.Received.class::isInstance)
        .map(event -> ((Event.Received) event).message())
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(wanted)
        .findFirst();
  }

  /** Waits until that has gone. */
  Problem gone(Datapath datapath) {
    await().atMost(LIMIT).until(() -> why(datapath).isPresent());
    return why(datapath).orElseThrow();
  }

  private Optional<Problem> why(Datapath datapath) {
    return events.stream()
        .filter(event -> event instanceof Event.Gone gone && gone.datapath() == datapath)
        .map(event -> ((Event.Gone) event).why())
        .findFirst();
  }
}
