package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The bytes of actions: a type, a length that is a multiple of eight, and a body. */
final class ActionCodec {
  private static final int OUTPUT = 0;
  private static final int PUSH_VLAN = 17;
  private static final int POP_VLAN = 18;
  private static final int SET_QUEUE = 21;
  private static final int GROUP = 22;
  private static final int SET_FIELD = 25;
  private static final int EXPERIMENTER = 0xffff;

  private ActionCodec() {}

  static void write(ByteBuffer out, List<Action> actions) {
    Wire.putAll(out, actions, ActionCodec::write);
  }

  static List<Action> readAll(ByteBuffer in) {
    return Wire.list(in, ActionCodec::read);
  }

  private static void write(ByteBuffer out, Action action) {
    int start = out.position();
    Wire.putU16(out, type(action));
    Wire.putU16(out, 0);
    switch (action) {
      case Action.Standard standard -> writeBody(out, standard);
      case NiciraAction nicira -> NiciraCodec.write(out, nicira);
      case Action.Unknown(int type, Octets body) -> body.write(out);
    }
    Wire.pad(out, start);
    Wire.length(out, start);
  }

  private static int type(Action action) {
    return switch (action) {
      case Action.Output output -> OUTPUT;
      case Action.PushVlan push -> PUSH_VLAN;
      case Action.PopVlan pop -> POP_VLAN;
      case Action.SetField set -> SET_FIELD;
      case Action.Group group -> GROUP;
      case Action.SetQueue queue -> SET_QUEUE;
      case NiciraAction nicira -> EXPERIMENTER;
      case Action.Unknown(int type, Octets body) -> type;
    };
  }

  private static void writeBody(ByteBuffer out, Action.Standard action) {
    switch (action) {
      case Action.Output(int port, int maxBytes) -> {
        out.putInt(port);
        Wire.putU16(out, maxBytes);
        Wire.zeros(out, 6);
      }
      case Action.PushVlan(int etherType) -> Wire.putU16(out, etherType);
      case Action.PopVlan() -> {}
      case Action.SetField(OxmTlv.Field field) -> OxmTlv.write(out, field);
      case Action.Group(int group) -> out.putInt(group);
      case Action.SetQueue(int queue) -> out.putInt(queue);
    }
  }

  static Action read(ByteBuffer in) {
    int type = Wire.u16(in);
    ByteBuffer body = Wire.structure(in, Wire.u16(in));
    return known(type, body.duplicate())
        .orElseGet(() -> new Action.Unknown(type, Octets.rest(body)));
  }

  /** Empty if it has no meaning here. */
  private static Optional<Action> known(int type, ByteBuffer body) {
    return switch (type) {
      case OUTPUT -> Optional.of(new Action.Output(body.getInt(), Wire.u16(body)));
      case PUSH_VLAN -> Optional.of(new Action.PushVlan(Wire.u16(body)));
      case POP_VLAN -> Optional.of(new Action.PopVlan());
      case SET_FIELD -> setField(body);
      case GROUP -> Optional.of(new Action.Group(body.getInt()));
      case SET_QUEUE -> Optional.of(new Action.SetQueue(body.getInt()));
      case EXPERIMENTER -> NiciraCodec.read(body).map(action -> action);
      default -> Optional.empty();
    };
  }

  private static Optional<Action> setField(ByteBuffer body) {
    return OxmTlv.read(body) instanceof OxmTlv.Field field
        ? Optional.of(new Action.SetField(field))
        : Optional.empty();
  }
}
