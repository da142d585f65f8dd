package org.universalnode.node.rest;

import java.util.Optional;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.json.JsonDocument;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.PacketText;

/** A packet to be traced, and the port of the graph where it comes in. */
record TraceRequest(PortRef in, Frame packet) {
  static final String IN = "in";

  /**
   * Reads {@code {"in": "endpoint:1", "packet": "tcp 10.0.0.1:1234 -> 8.8.8.8:80"}}.
   *
   * @throws ProblemException with all that is wrong with it, and where
   */
  static TraceRequest read(String body) {
    return JsonDocument.<Optional<TraceRequest>>read(
            body,
            JsonLimits.DOCUMENT,
            fields -> {
              Optional<PortRef> in = fields.requiredParsed(IN, PortRef::parse);
              Optional<Frame> packet = fields.requiredParsed("packet", PacketText::parse);
              fields.rejectUnknown();
              return in.flatMap(port -> packet.map(frame -> new TraceRequest(port, frame)));
            })
        .orThrow()
        .orElseThrow();
  }
}
