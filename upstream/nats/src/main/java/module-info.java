import org.universalnode.upstream.UpstreamProvider;
import org.universalnode.upstream.nats.NatsProvider;

/** Upstreams behind NATS servers. */
@org.jspecify.annotations.NullMarked
module org.universalnode.upstream.nats {
  requires static org.jspecify;
  requires io.nats.jnats;
  requires org.universalnode.upstream;

  provides UpstreamProvider with
      NatsProvider;
}
