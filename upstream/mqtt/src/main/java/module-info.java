import org.universalnode.upstream.UpstreamProvider;
import org.universalnode.upstream.mqtt.MqttProvider;

/** Upstreams behind brokers of MQTT 5. */
@org.jspecify.annotations.NullMarked
module org.universalnode.upstream.mqtt {
  requires static org.jspecify;
  requires org.eclipse.paho.mqttv5.client;
  requires org.universalnode.upstream;

  provides UpstreamProvider with
      MqttProvider;
}
