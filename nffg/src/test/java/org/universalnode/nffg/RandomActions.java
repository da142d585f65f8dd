package org.universalnode.nffg;

import java.util.ArrayList;
import java.util.List;

/** Draws actions that can be done one after the other with all frames of a match. */
final class RandomActions {
  private final Draw draw;
  private final RandomMatches.Shape shape;
  private final List<PortRef> ports;
  private final List<Action> actions = new ArrayList<>();
  private boolean mayBeTagged;
  private boolean isTagged;

  private RandomActions(Draw draw, RandomMatches.Shape shape, List<PortRef> ports) {
    this.draw = draw;
    this.shape = shape;
    this.ports = ports;
  }

  static List<Action> of(
      MatchFields match, RandomMatches.Shape shape, List<PortRef> ports, Draw draw) {
    RandomActions drawn = new RandomActions(draw, shape, ports);
    boolean untagged = match.get(HeaderField.VLAN).filter(FieldMatch.UNTAGGED::equals).isPresent();
    drawn.mayBeTagged = !untagged;
    drawn.isTagged =
        !untagged && (match.has(HeaderField.VLAN) || match.has(HeaderField.VLAN_PRIORITY));
    boolean drops = draw.upTo(4) == 0;
    for (int i = draw.upTo(4); i > 0; i--) {
      drawn.change();
      if (!drops && draw.flip()) {
        drawn.output();
      }
    }
    drawn.end(drops);
    return drawn.actions;
  }

  private void end(boolean drops) {
    if (drops) {
      actions.add(new Action.Drop());
    } else {
      output();
    }
  }

  private void output() {
    actions.add(
        draw.upTo(4) == 0 ? new Action.OutputToController() : new Action.Output(draw.any(ports)));
  }

  private void change() {
    switch (draw.upTo(5)) {
      case 0 -> {
        actions.add(new Action.PushVlan(1 + draw.upTo(4093)));
        mayBeTagged = true;
        isTagged = true;
      }
      case 1 -> {
        if (isTagged) {
          actions.add(new Action.PopVlan());
          isTagged = false;
        }
      }
      case 2 -> {
        if (mayBeTagged) {
          Bits vlan = FieldMatch.vlan(1 + draw.upTo(4093)).value();
          actions.add(new Action.SetField(HeaderField.VLAN, vlan));
          actions.add(new Action.SetField(HeaderField.VLAN_PRIORITY, draw.wideBits(3)));
        }
      }
      case 3 -> actions.add(new Action.OutputToQueue("q" + draw.upTo(7)));
      default -> {
        HeaderField field = draw.any(settable());
        actions.add(new Action.SetField(field, draw.wideBits(field.width())));
      }
    }
  }

  private List<HeaderField> settable() {
    List<HeaderField> fields =
        new ArrayList<>(List.of(HeaderField.SOURCE_MAC, HeaderField.DEST_MAC));
    boolean open = shape == RandomMatches.Shape.ANY;
    boolean ipv4 = shape.etherType == EtherType.IPV4;
    boolean ipv6 = shape.etherType == EtherType.IPV6;
    if (ipv4 || open) {
      fields.addAll(List.of(HeaderField.IPV4_SOURCE, HeaderField.IPV4_DEST));
    }
    if (ipv6 || open) {
      fields.addAll(List.of(HeaderField.IPV6_SOURCE, HeaderField.IPV6_DEST));
    }
    if (ipv4 || ipv6 || open) {
      fields.add(HeaderField.IP_DSCP);
    }
    if (shape.hasPorts() || open || (shape.protocol == 0 && (ipv4 || ipv6))) {
      fields.addAll(List.of(HeaderField.SOURCE_PORT, HeaderField.DEST_PORT));
    }
    return fields;
  }
}
