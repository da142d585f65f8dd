package org.universalnode.node.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.upstream.Destination;
import org.universalnode.upstream.Destination.Login;
import org.universalnode.upstream.Upstream;
import org.universalnode.upstream.UpstreamProvider;

/** All upstreams of a node. */
public final class Upstreams implements AutoCloseable {
  private final List<Delivery> deliveries = new ArrayList<>();

  /**
   * Reads what is needed to talk to them, and connects to none yet.
   *
   * @param sender who tells: unique among all nodes that tell the same upstream
   * @throws org.universalnode.problem.ProblemException if one can't be meant
   */
  public Upstreams(List<UpstreamOptions> all, String sender) {
    try {
      all.forEach(one -> deliveries.add(delivery(one, sender)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Tells each of them, soon, unless something newer comes before; returns at once. */
  public void tell(String document) {
    deliveries.forEach(one -> one.offer(document));
  }

  /** What stands in the way of talking to an upstream, before anybody tries. */
  public static Result<Nothing> check(UpstreamOptions said) {
    return Result.run(
        () -> {
          Destination destination = destination(said, "");
          var _ = said.key().map(Secrets::key);
          if (!said.kind().equals(UpstreamOptions.WEBHOOK)) {
            provider(said.kind()).open(destination, () -> {}).close();
          }
        });
  }

  /** Returns when all have ended, at most a few seconds later. */
  @Override
  public void close() {
    deliveries.forEach(Delivery::end);
    deliveries.forEach(Delivery::close);
  }

  private static Delivery delivery(UpstreamOptions said, String sender) {
    Destination destination = destination(said, sender);
    Optional<byte[]> key = said.key().map(Secrets::key);
    Function<Runnable, Upstream> open =
        said.kind().equals(UpstreamOptions.WEBHOOK)
            ? _ -> new Webhook(destination, key)
            : lost -> provider(said.kind()).open(destination, lost);
    return new Delivery(said.kind() + " " + said.address(), open);
  }

  private static Destination destination(UpstreamOptions said, String sender) {
    Optional<Login> login = said.credentials().map(Secrets::login);
    return new Destination(said.address(), said.topic(), sender, login);
  }

  private static UpstreamProvider provider(String kind) {
    return UpstreamProvider.installed().stream()
        .filter(provider -> provider.kind().equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(Code.UNSUPPORTED, "this node has no upstreams of the kind " + kind)
                    .next("install the module upstream-" + kind)
                    .asException());
  }
}
