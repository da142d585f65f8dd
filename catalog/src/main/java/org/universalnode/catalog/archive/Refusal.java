package org.universalnode.catalog.archive;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** The ways in which an archive is refused. */
final class Refusal {
  private Refusal() {}

  /** The archive holds something that no honest function needs. */
  static ProblemException unsafe(String detail) {
    return Problem.of(Code.INVALID_DOCUMENT, detail)
        .next("pack plain files and folders only, with short relative names, each one once")
        .asException();
  }

  static ProblemException tooMuch(String detail, String limit) {
    return Problem.of(Code.LIMIT, detail)
        .next("the limit is " + limit + "; pack less or raise it in the node's configuration")
        .asException();
  }

  static ProblemException withoutStart() {
    return Problem.of(Code.INVALID_DOCUMENT, "has no file named start at its top level")
        .next("pack what the folder holds, not the folder: tar -czf NAME.tgz -C FOLDER .")
        .asException();
  }

  static ProblemException otherDigest(String found, String wanted) {
    return Problem.of(
            Code.FORBIDDEN, "has the SHA-256 " + found + ", and its template wants " + wanted)
        .next("get the archive that is meant; if this one is, write its SHA-256 to image-sha256")
        .asException();
  }

  static ProblemException otherAddress() {
    return Problem.of(Code.UNSUPPORTED, "archives come from file:, https: and http: addresses only")
        .next("name it by one of these")
        .asException();
  }

  static ProblemException missing() {
    return Problem.of(Code.NOT_FOUND, "the server has no such file")
        .next("put it there, or mend uri-image in the function's template")
        .asException();
  }

  /** The bytes are not what their format says, or can't be read to the end. */
  static ProblemException unreadable(Exception cause) {
    Problem problem =
        Problem.of(Code.INVALID_DOCUMENT, "is not a whole .tgz archive: " + reason(cause))
            .next("pack it anew with: tar -czf NAME.tgz -C FOLDER .");
    return new ProblemException(List.of(problem), cause);
  }

  static ProblemException kernel(String attempted, IOException cause) {
    Problem problem =
        Problem.of(Code.KERNEL, attempted + ": " + reason(cause))
            .next("see that the disk has room and that the node may read and write there");
    return new ProblemException(List.of(problem), cause);
  }

  private static String reason(Exception cause) {
    return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
  }
}
