package org.universalnode.bench.switches;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.LabSwitch;
import org.universalnode.bench.lab.Plugged;
import org.universalnode.bench.traffic.SteadyStream;
import org.universalnode.testbed.PrivateOpenVswitch;

/**
 * The processes of Open vSwitch are killed under traffic and started again at once. How long there
 * is no traffic is the longest silence at the far end of a steady stream.
 */
public final class Recoveries implements Subject {
  private static final int TIMES = Samples.FEWEST;
  private static final Duration BEFORE = Duration.ofMillis(500);

  /**
   * ovs-vswitchd waits 1 to 8 seconds before it connects to the database again, the longer the
   * oftener it had to; without a lock of the database it does not even forward frames.
   */
  private static final Duration AFTER = Duration.ofSeconds(9);

  private static final Budget SAME = new Budget.AtMost(0);
  private static final Figure SWITCH_GAP =
      Figure.absolute("kill -9 of ovs-vswitchd, no traffic for", "ms");
  private static final Figure SWITCH_FLOWS =
      Figure.count("kill -9 of ovs-vswitchd, flows that differ", "", SAME);
  private static final Figure DATABASE_GAP =
      Figure.absolute("kill -9 of ovsdb-server, no traffic for", "ms");
  private static final Figure DATABASE_FLOWS =
      Figure.count("kill -9 of ovsdb-server, flows that differ", "", SAME);

  private final Path house;

  /**
   * Measures the driver for Open vSwitch.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public Recoveries(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    return List.of(SWITCH_GAP, SWITCH_FLOWS, DATABASE_GAP, DATABASE_FLOWS);
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      Plugged plugged = lab.plugged();
      PrivateOpenVswitch ovs = lab.openVswitch();
      lab.node(LabSwitch.OPEN_VSWITCH, plugged)
          .put("chain", GraphDocument.chain(plugged).toString());
      Killing killing = new Killing(plugged, ovs);
      Seen ofSwitch =
          killing.repeat(
              () -> {
                ovs.killSwitch();
                ovs.startSwitch();
              });
      Seen ofDatabase =
          killing.repeat(
              () -> {
                ovs.killDatabase();
                ovs.startDatabase();
              });
      return List.of(
          new Measurement(SWITCH_GAP, new Samples(ofSwitch.gaps())),
          new Measurement(SWITCH_FLOWS, Samples.once(ofSwitch.differing())),
          new Measurement(DATABASE_GAP, new Samples(ofDatabase.gaps())),
          new Measurement(DATABASE_FLOWS, Samples.once(ofDatabase.differing())));
    }
  }

  /**
   * What comes of some killings.
   *
   * @param gaps in milliseconds
   * @param differing flows that were there before or after only
   */
  private record Seen(List<Double> gaps, double differing) {}

  private record Killing(Plugged plugged, PrivateOpenVswitch ovs) {

    Seen repeat(Runnable kill) {
      List<Double> gaps = new ArrayList<>();
      TreeSet<String> before = flows();
      double differing = 0;
      for (int i = 0; i < TIMES; i++) {
        gaps.add(gap(kill));
        TreeSet<String> after = flows();
        TreeSet<String> gone = new TreeSet<>(before);
        gone.removeAll(after);
        after.removeAll(before);
        differing += gone.size() + after.size();
      }
      return new Seen(gaps, differing);
    }

    private double gap(Runnable kill) {
      try (SteadyStream stream = SteadyStream.between(plugged.ends())) {
        pause(BEFORE);
        kill.run();
        pause(AFTER);
        return stream.longestSilence().toNanos() / 1e6;
      }
    }

    /** Of all bridges, without what they counted and how old they are. */
    private TreeSet<String> flows() {
      TreeSet<String> all = new TreeSet<>();
      ovs.vsctl("list-br")
          .lines()
          .forEach(
              bridge ->
                  ovs.ofctl("dump-flows", bridge, "--no-stats")
                      .lines()
                      .forEach(flow -> all.add(bridge + flow)));
      return all;
    }

    private static void pause(Duration time) {
      LockSupport.parkNanos(time.toNanos());
      Interrupted.check();
    }
  }
}
