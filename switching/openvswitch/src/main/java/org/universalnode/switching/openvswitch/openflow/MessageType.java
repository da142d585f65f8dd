package org.universalnode.switching.openvswitch.openflow;

/** The numbers of messages, OpenFlow 1.3.5 section 7.1. */
final class MessageType {
  static final int HELLO = 0;
  static final int ERROR = 1;
  static final int ECHO_REQUEST = 2;
  static final int ECHO_REPLY = 3;
  static final int EXPERIMENTER = 4;
  static final int FEATURES_REQUEST = 5;
  static final int FEATURES_REPLY = 6;
  static final int GET_CONFIG_REQUEST = 7;
  static final int GET_CONFIG_REPLY = 8;
  static final int SET_CONFIG = 9;
  static final int PACKET_IN = 10;
  static final int FLOW_REMOVED = 11;
  static final int PORT_STATUS = 12;
  static final int PACKET_OUT = 13;
  static final int FLOW_MOD = 14;
  static final int MULTIPART_REQUEST = 18;
  static final int MULTIPART_REPLY = 19;
  static final int BARRIER_REQUEST = 20;
  static final int BARRIER_REPLY = 21;

  private MessageType() {}

  /** Whether the switch says it only when asked; its number is that of the question. */
  static boolean isAnswer(int type) {
    return switch (type) {
      case ERROR, EXPERIMENTER, FEATURES_REPLY, GET_CONFIG_REPLY, MULTIPART_REPLY, BARRIER_REPLY ->
          true;
      default -> false;
    };
  }

  static int of(Message message) {
    return switch (message) {
      case Message.Hello hello -> HELLO;
      case Message.Refusal refusal -> ERROR;
      case Message.EchoRequest request -> ECHO_REQUEST;
      case Message.EchoReply reply -> ECHO_REPLY;
      case Message.FeaturesRequest request -> FEATURES_REQUEST;
      case Message.FeaturesReply reply -> FEATURES_REPLY;
      case Message.GetConfigRequest request -> GET_CONFIG_REQUEST;
      case Message.GetConfigReply reply -> GET_CONFIG_REPLY;
      case Message.SetConfig config -> SET_CONFIG;
      case Message.PacketIn packet -> PACKET_IN;
      case Message.PortStatus status -> PORT_STATUS;
      case Message.PacketOut packet -> PACKET_OUT;
      case Message.BarrierRequest request -> BARRIER_REQUEST;
      case Message.BarrierReply reply -> BARRIER_REPLY;
      case Message.Unknown unknown -> unknown.type();
      case FlowMod mod -> FLOW_MOD;
      case FlowRemoved removed -> FLOW_REMOVED;
      case Multipart.Request request -> MULTIPART_REQUEST;
      case Multipart.Reply reply -> MULTIPART_REPLY;
      case Bundle bundle -> EXPERIMENTER;
    };
  }
}
