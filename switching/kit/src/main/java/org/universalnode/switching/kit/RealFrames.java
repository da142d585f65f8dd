package org.universalnode.switching.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.HeaderField;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Departure;
import org.universalnode.switching.reference.Done;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.Step;
import org.universalnode.switching.reference.Walk;

/** Sends frames into the wires of a switch and looks at what comes out of all of them. */
public final class RealFrames implements Way {
  private static final Duration LATE = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Linux itself drops what has a tag and less behind it than a type and two bytes. */
  private static final int LEAST_TAGGED = 20;

  private final SwitchDriver driver;
  private final Layout layout;
  private final Wires wires;
  private final Runnable forget;

  /**
   * Takes over the rules of a switch.
   *
   * @param forget has the learning groups forget
   */
  public RealFrames(SwitchDriver driver, Layout layout, Wires wires, Runnable forget) {
    this.driver = driver;
    this.layout = layout;
    this.wires = wires;
    this.forget = forget;
  }

  @Override
  public String name() {
    return "real frames";
  }

  @Override
  public void begin(Map<LsiPort, List<SwitchRule>> tables) {
    driver.apply(new RuleChange(tables)).orThrow();
    drain();
    forget.run();
  }

  @Override
  public boolean canRun(Frame frame) {
    return !isLostByLinux(frame) && wires.takesAtRandom(frame);
  }

  @Override
  public Optional<String> disagreement(Walk<LsiPort> expected) {
    if (!isCarried(expected)) {
      return Optional.empty();
    }
    Optional<String> said = attempt(expected);
    for (int again = 1; said.isPresent() && again < wires.attempts(); again++) {
      while (wires.receive(LATE).isPresent()) {} // what is still under way
      said = attempt(expected);
    }
    return said;
  }

  private Optional<String> attempt(Walk<LsiPort> expected) {
    Step<LsiPort> start = expected.steps().getFirst();
    wires.send(layout.wire(start.in()), start.frame());
    List<Departure<LsiPort>> missing = new ArrayList<>(expected.leaving());
    List<Departure<LsiPort>> excess = new ArrayList<>();
    missing.removeIf(departure -> isLostByLinux(departure.frame()));
    collect(missing, excess);
    excess.removeIf(departure -> isLostByLinux(departure.frame()));
    return missing.isEmpty() && excess.isEmpty()
        ? Optional.empty()
        : Optional.of("missing " + text(missing) + "; not expected " + text(excess));
  }

  /** A frame may get tags on its way, and lose them again. */
  private boolean isCarried(Walk<LsiPort> expected) {
    return (!expected.cut() || wires.cutsAlike())
        && expected.steps().stream()
            .flatMap(step -> step.actions().stream())
            .map(Done::frame)
            .allMatch(wires::carries);
  }

  private void collect(List<Departure<LsiPort>> missing, List<Departure<LsiPort>> excess) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Duration wait =
          missing.isEmpty() || !excess.isEmpty()
              ? Duration.ZERO
              : Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      Optional<Wires.Received> received = wires.receive(wait);
      if (received.isEmpty()) {
        return;
      }
      Departure<LsiPort> departure =
          new Departure<>(layout.port(received.get().wire()), received.get().frame());
      if (!missing.remove(departure)) {
        excess.add(departure);
      }
    }
  }

  private void drain() {
    boolean more = true;
    while (more) {
      more = wires.receive(Duration.ZERO).isPresent();
    }
  }

  private static boolean isLostByLinux(Frame frame) {
    long type = frame.headers().number(HeaderField.ETHER_TYPE);
    boolean tagged = frame.headers().tags() > 0 || type == 0x8100 || type == 0x88a8;
    return tagged && frame.size() < LEAST_TAGGED;
  }

  private static String text(List<Departure<LsiPort>> departures) {
    return departures.isEmpty()
        ? "nothing"
        : departures.stream()
            .map(departure -> Round.place(departure.port()) + " " + departure.frame())
            .toList()
            .toString();
  }
}
