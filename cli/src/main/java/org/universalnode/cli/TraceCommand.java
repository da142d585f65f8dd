package org.universalnode.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Place;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un trace}: which way a packet takes through a service graph. Nothing is sent. */
final class TraceCommand implements Command {
  private static final String IN = "--in";
  private static final String PACKET = "--packet";

  @Override
  public CommandSpec specification() {
    return named("trace", "Show which way a packet takes through a service graph.")
        .addOption(
            required(IN, "PORT", "Where it comes in: endpoint:<id> or vnf:<id>:<label>:<n>."))
        .addOption(
            required(
                PACKET,
                "TEXT",
                "Such as \"tcp 10.0.0.1:1234 -> 8.8.8.8:80\", also udp, sctp, icmp, ip, arp, "
                    + "or hex:<bytes>; with options such as vlan 25, src-mac, dscp."))
        .addPositional(Command.parameter(0, "GRAPH", "1", "The graph's id."));
  }

  @Override
  public int run(Invocation call) {
    JsonObject request = new JsonObject();
    request.addProperty("in", call.option(IN, ""));
    request.addProperty("packet", call.option(PACKET, ""));
    JsonObject trace = traced(call.node(), call.parameter(0), request);
    call.out()
        .print(call.json() ? JsonText.pretty(trace) : new TraceReport(trace, call.paint()).shown());
    return CommandTree.DONE;
  }

  /** The request is none that its reader wrote, so a place in its text would tell him nothing. */
  private static JsonObject traced(NodeClient node, String graph, JsonObject request) {
    byte[] body = JsonText.compact(request).getBytes(UTF_8);
    try {
      return node.post(ResourcePath.trace(graph), body).document();
    } catch (Refusal e) {
      throw new Refusal(e.problems().stream().map(p -> p.at(Place.UNKNOWN)).toList(), e.status());
    }
  }

  private static OptionSpec required(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .required(true)
        .paramLabel(label)
        .description(description)
        .build();
  }
}
