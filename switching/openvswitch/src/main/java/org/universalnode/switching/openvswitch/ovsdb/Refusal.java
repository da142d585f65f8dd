package org.universalnode.switching.openvswitch.ovsdb;

import java.util.stream.Stream;
import org.universalnode.problem.Problem.Code;

/** Why the database refused a transaction (RFC 7047 section 3.1 and the operations of 5.2). */
public enum Refusal {
  /** A value, a number of rows or an index that the schema does not allow. */
  CONSTRAINT(
      "constraint violation", Code.CONFLICT, "see whether a row with that name or key exists"),
  /** A reference to a row that does not exist, or was to vanish while referred to. */
  REFERENCE("referential integrity violation", Code.UNKNOWN_REFERENCE, "read the rows again"),
  /** A {@link Operation.Wait} was not fulfilled in time: nothing was done. */
  TIMED_OUT("timed out", Code.CONFLICT, "read the rows again: the guard did not hold"),
  ABORTED("aborted", Code.CONFLICT, "the transaction asked for that itself"),
  CANCELED("canceled", Code.TIMEOUT, "try again"),
  RESOURCES("resources exhausted", Code.LIMIT, "see what memory ovsdb-server has"),
  INPUT_OUTPUT("I/O error", Code.KERNEL, "see whether the disk of the database is full"),
  DOMAIN("domain error", Code.INTERNAL, "a fault of this node: report it"),
  RANGE("range error", Code.INTERNAL, "a fault of this node: report it"),
  DUPLICATE_NAME("duplicate uuid-name", Code.INTERNAL, "a fault of this node: report it"),
  UNKNOWN_TABLE("unknown table", Code.UNSUPPORTED, "install a newer Open vSwitch"),
  UNKNOWN_COLUMN("unknown column", Code.UNSUPPORTED, "install a newer Open vSwitch"),
  UNKNOWN_DATABASE("unknown database", Code.UNSUPPORTED, "see which database the server serves"),
  /** Anything else; the text of the database is in the detail. */
  OTHER("", Code.INTERNAL, "look into the log of ovsdb-server");

  final Code code;
  final String nextStep;
  private final String text;

  Refusal(String text, Code code, String nextStep) {
    this.text = text;
    this.code = code;
    this.nextStep = nextStep;
  }

  static Refusal of(String error) {
    return Stream.of(values()).filter(kind -> kind.text.equals(error)).findFirst().orElse(OTHER);
  }
}
