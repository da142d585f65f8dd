package org.universalnode.linux;

import java.util.List;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** The kernel refused an operation: which one, on what, and with which error number. */
public final class KernelException extends ProblemException {
  private static final long serialVersionUID = 1L;

  private final int number;

  KernelException(String attempt, int number) {
    this(attempt, number, "");
  }

  /**
   * @param attempt the operation and its object, such as {@code setns(/run/netns/a)}
   * @param number errno
   * @param kernelText what the kernel said beyond the number; may be empty
   */
  KernelException(String attempt, int number, String kernelText) {
    super(List.of(problem(attempt, number, kernelText)));
    this.number = number;
  }

  public Errno errno() {
    return Errno.of(number);
  }

  private static Problem problem(String attempt, int number, String kernelText) {
    String said = kernelText.isEmpty() ? "" : ": " + kernelText;
    String detail = attempt + ": " + Errno.describe(number) + said;
    Problem problem = Problem.of(Problem.Code.KERNEL, detail);
    return switch (Errno.of(number)) {
      case EPERM, EACCES -> problem.next("run the node as root");
      case EMFILE, ENFILE -> problem.next("raise the limit on open files");
      case ENOSYS, EOPNOTSUPP -> problem.next("use a kernel that offers this");
      case ENOMEM, ENOSPC, ENOBUFS -> problem.next("free memory or space");
      default -> problem;
    };
  }
}
