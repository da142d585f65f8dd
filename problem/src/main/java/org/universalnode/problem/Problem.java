package org.universalnode.problem;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * One thing that went wrong.
 *
 * @param code the kind, which decides the REST status and what a client may do about it
 * @param pointer JSON pointer (RFC 6901) into the document that caused it; empty when none did
 * @param place where in that document's text, if it was read from one
 * @param detail what went wrong, with the values involved; one sentence for a person
 * @param nextStep what the reader can do about it; empty when there is nothing
 */
public record Problem(Code code, String pointer, Place place, String detail, String nextStep) {

  /** The kinds of problem. The names are part of the REST contract. */
  public enum Code {
    /** The text is not a document we can read, or it contradicts itself. */
    INVALID_DOCUMENT,
    /** The document is well formed and names something that does not exist here. */
    UNKNOWN_REFERENCE,
    /** The thing that was asked for does not exist. */
    NOT_FOUND,
    /** It exists already, or somebody else owns what it needs. */
    CONFLICT,
    /** This node can't do it: a driver, kernel feature or capability is missing. */
    UNSUPPORTED,
    /** A fixed limit on size, count or time would be exceeded. */
    LIMIT,
    /** The kernel refused an operation. */
    KERNEL,
    /** A function's own handler failed. */
    HANDLER,
    /** Something did not end within its time limit. */
    TIMEOUT,
    /** The caller does not say who it is, or says it wrongly. */
    UNAUTHENTICATED,
    /** The caller may not do this. */
    FORBIDDEN,
    /** It is not as the caller said that it must be; nothing was done. */
    PRECONDITION,
    /** Too much is asked for at the same time; the same may go well a little later. */
    BUSY,
    /** A service of the machine that the node works with does not answer; it may be back later. */
    UNAVAILABLE,
    /** A fault of the node itself. */
    INTERNAL
  }

  public Problem {
    Objects.requireNonNull(code);
    Objects.requireNonNull(pointer);
    Objects.requireNonNull(place);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(nextStep);
  }

  /** A problem whose place in the text is not known. */
  public Problem(Code code, String pointer, String detail, String nextStep) {
    this(code, pointer, Place.UNKNOWN, detail, nextStep);
  }

  public static Problem of(Code code, String detail) {
    return new Problem(code, "", detail, "");
  }

  /** What an exception says, whoever threw it. */
  public static Problem of(RuntimeException failure) {
    return switch (failure) {
      case ProblemException e -> e.first();
      case UncheckedIOException e ->
          of(Code.KERNEL, "input or output failed: " + e.getCause())
              .next("see that the disk has room and the node may write to it");
      default -> of(Code.INTERNAL, "the node failed: " + failure);
    };
  }

  public Problem at(String jsonPointer) {
    return new Problem(code, jsonPointer, place, detail, nextStep);
  }

  public Problem at(Place inText) {
    return new Problem(code, pointer, inText, detail, nextStep);
  }

  public Problem next(String step) {
    return new Problem(code, pointer, place, detail, step);
  }

  /** This problem, seen as a step of something larger: "start of firewall: no such file". */
  public Problem during(String what) {
    return new Problem(code, pointer, place, what + ": " + detail, nextStep);
  }

  public ProblemException asException() {
    return new ProblemException(List.of(this));
  }

  /** Where in its text, what went wrong, and what to do: all but the pointer. */
  public String message() {
    String where = place.isKnown() ? place + ": " : "";
    String hint = nextStep.isEmpty() ? "" : " (" + nextStep + ")";
    return where + detail + hint;
  }

  @Override
  public String toString() {
    return (pointer.isEmpty() ? "" : pointer + ": ") + message();
  }
}
