package org.universalnode.switching.openvswitch.openflow;

import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.ver13.OFBadActionCodeSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFBadInstructionCodeSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFBadMatchCodeSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFBadRequestCodeSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFFlowModFailedCodeSerializerVer13;
import org.projectfloodlight.openflow.protocol.ver13.OFHelloFailedCodeSerializerVer13;
import org.projectfloodlight.openflow.types.OFErrorCauseData;

/** Our errors as openflowj would make them, with its names of them. */
final class OpenflowjErrors {
  private OpenflowjErrors() {}

  /** What openflowj calls the error. */
  static String name(int type, int code) {
    short number = (short) code;
    Enum<?> name =
        switch (type) {
          case 0 -> OFHelloFailedCodeSerializerVer13.ofWireValue(number);
          case 1 -> OFBadRequestCodeSerializerVer13.ofWireValue(number);
          case 2 -> OFBadActionCodeSerializerVer13.ofWireValue(number);
          case 3 -> OFBadInstructionCodeSerializerVer13.ofWireValue(number);
          case 4 -> OFBadMatchCodeSerializerVer13.ofWireValue(number);
          case 5 -> OFFlowModFailedCodeSerializerVer13.ofWireValue(number);
          default -> throw new IllegalArgumentException("type " + type);
        };
    return name.name();
  }

  static OFErrorMsg of(OFFactory factory, Message.Refusal refusal, long xid) {
    short code = (short) refusal.code().code();
    OFErrorCauseData data = OFErrorCauseData.of(refusal.data().toArray(), OFVersion.OF_13);
    return switch (refusal.code().type()) {
      case 0 ->
          factory
              .errorMsgs()
              .buildHelloFailedErrorMsg()
              .setXid(xid)
              .setCode(OFHelloFailedCodeSerializerVer13.ofWireValue(code))
              .setData(data)
              .build();
      case 1 ->
          factory
              .errorMsgs()
              .buildBadRequestErrorMsg()
              .setXid(xid)
              .setCode(OFBadRequestCodeSerializerVer13.ofWireValue(code))
              .setData(data)
              .build();
      case 2 ->
          factory
              .errorMsgs()
              .buildBadActionErrorMsg()
              .setXid(xid)
              .setCode(OFBadActionCodeSerializerVer13.ofWireValue(code))
              .setData(data)
              .build();
      case 3 ->
          factory
              .errorMsgs()
              .buildBadInstructionErrorMsg()
              .setXid(xid)
              .setCode(OFBadInstructionCodeSerializerVer13.ofWireValue(code))
              .setData(data)
              .build();
      case 4 ->
          factory
              .errorMsgs()
              .buildBadMatchErrorMsg()
              .setXid(xid)
              .setCode(OFBadMatchCodeSerializerVer13.ofWireValue(code))
              .setData(data)
              .build();
      case 5 ->
          factory
              .errorMsgs()
              .buildFlowModFailedErrorMsg()
              .setXid(xid)
              .setCode(OFFlowModFailedCodeSerializerVer13.ofWireValue(code))
              .setData(data)
              .build();
      default -> throw new IllegalArgumentException(refusal.toString());
    };
  }
}
