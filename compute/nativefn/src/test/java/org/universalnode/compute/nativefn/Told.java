package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.Watch;

/** Keeps of which instances a driver tells, until closed. */
final class Told implements AutoCloseable {
  private static final Duration LONG_ENOUGH = Duration.ofMillis(300);

  private final List<InstanceId> ids = new CopyOnWriteArrayList<>();
  private final Watch watch;

  Told(FunctionDriver driver) {
    this.watch = driver.watch(ids::add);
  }

  /** Waits until it was told of it. */
  void await(InstanceId id) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(ids).contains(id));
  }

  /** Waits until so much was told. */
  void await(int times) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofNanos(100_000))
        .until(() -> ids.size() >= times);
  }

  int times() {
    return ids.size();
  }

  /** Waits for what may still come, and forgets all. */
  void quiet() throws InterruptedException {
    Thread.sleep(LONG_ENOUGH);
    ids.clear();
  }

  void expectNothing() throws InterruptedException {
    Thread.sleep(LONG_ENOUGH);
    assertThat(ids).isEmpty();
  }

  @Override
  public void close() {
    watch.close();
  }
}
