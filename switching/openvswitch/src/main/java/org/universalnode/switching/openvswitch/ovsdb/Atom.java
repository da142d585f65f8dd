package org.universalnode.switching.openvswitch.ovsdb;

import java.util.UUID;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** One scalar (RFC 7047 section 5.1, {@code atom}). */
public sealed interface Atom {

  /** A string; the protocol has no way to carry the character 0. */
  record Text(String value) implements Atom {
    public Text {
      if (value.indexOf('\0') >= 0) {
        throw Problem.of(Code.INVALID_DOCUMENT, "a string of the database has a character 0")
            .next("leave that character out")
            .asException();
      }
    }
  }

  record Whole(long value) implements Atom {}

  record Real(double value) implements Atom {}

  record Truth(boolean value) implements Atom {}

  /** The row of that id. */
  record RowId(UUID value) implements Atom {}

  /**
   * The row that an {@link Operation.Insert} of the same transaction makes.
   *
   * @param name a letter or underscore, then these or digits
   */
  record NewRow(String name) implements Atom {
    public NewRow {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,250}")) {
        throw new IllegalArgumentException("not a name of a new row: " + name);
      }
    }
  }
}
