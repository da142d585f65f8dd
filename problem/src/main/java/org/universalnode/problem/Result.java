package org.universalnode.problem;

import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a driver answers: the value, or the problem that stood in the way. */
public sealed interface Result<T> {

  record Done<T>(T value) implements Result<T> {}

  record Failed<T>(Problem problem) implements Result<T> {}

  /** The answer of an operation that has nothing to return. */
  record Nothing() {}

  static <T> Result<T> done(T value) {
    return new Done<>(value);
  }

  static Result<Nothing> done() {
    return new Done<>(new Nothing());
  }

  static <T> Result<T> failed(Problem problem) {
    return new Failed<>(problem);
  }

  /** Runs {@code work}; problems and I/O errors become {@link Failed}, faults pass through. */
  static <T> Result<T> of(Supplier<T> work) {
    try {
      return done(work.get());
    } catch (ProblemException | UncheckedIOException e) {
      return failed(Problem.of(e));
    }
  }

  static Result<Nothing> run(Runnable work) {
    return of(
        () -> {
          work.run();
          return new Nothing();
        });
  }

  /** The value, or the problem thrown as {@link ProblemException}. */
  default T orThrow() {
    return switch (this) {
      case Done<T>(T value) -> value;
      case Failed<T>(Problem problem) -> throw problem.asException();
    };
  }

  default <R> Result<R> flatMap(Function<? super T, Result<R>> next) {
    return switch (this) {
      case Done<T>(T value) -> next.apply(value);
      case Failed<T>(Problem problem) -> failed(problem);
    };
  }

  default <R> Result<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Done<T>(T value) -> done(change.apply(value));
      case Failed<T>(Problem problem) -> failed(problem);
    };
  }
}
