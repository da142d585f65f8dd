package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import org.universalnode.problem.Problem;

/**
 * Why a switch refused something, OpenFlow 1.3.5 section 7.4.4.
 *
 * @param experimenter who gave the number; 0 for the standard
 * @param type the standard's kind of error; 0 if an experimenter gave the number
 */
public record ErrorCode(int experimenter, int type, int code) {
  private static final int EXPERIMENTER = 0xffff;
  static final int HELLO_FAILED = 0;
  static final int BAD_REQUEST = 1;
  private static final int FLOW_MOD_FAILED = 5;
  private static final int TABLE_FULL = 1;
  private static final int OVERLAP = 3;

  /** One of the standard. */
  public ErrorCode(int type, int code) {
    this(0, type, code);
  }

  /** What went wrong, with {@code what} was refused. */
  public Problem problem(String what) {
    return Problem.of(kind(), "the switch refused " + what + ": " + this)
        .next("compare it with what ovs-fields(7) and ovs-actions(7) allow");
  }

  private Problem.Code kind() {
    if (experimenter == 0 && type == FLOW_MOD_FAILED && code == TABLE_FULL) {
      return Problem.Code.LIMIT;
    }
    boolean overlaps = experimenter == 0 && type == FLOW_MOD_FAILED && code == OVERLAP;
    return overlaps ? Problem.Code.CONFLICT : Problem.Code.UNSUPPORTED;
  }

  static void write(ByteBuffer out, ErrorCode error) {
    boolean standard = error.experimenter == 0;
    Wire.putU16(out, standard ? error.type : EXPERIMENTER);
    Wire.putU16(out, error.code);
    if (!standard) {
      out.putInt(error.experimenter);
    }
  }

  static ErrorCode read(ByteBuffer in) {
    int type = Wire.u16(in);
    int code = Wire.u16(in);
    return type == EXPERIMENTER ? new ErrorCode(in.getInt(), 0, code) : new ErrorCode(type, code);
  }

  /** What the standard calls it, in words. */
  @Override
  public String toString() {
    return ErrorNames.of(this);
  }
}
