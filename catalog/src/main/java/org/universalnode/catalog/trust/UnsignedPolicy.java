package org.universalnode.catalog.trust;

import java.util.Locale;
import org.universalnode.catalog.TemplateWriters;

/** What a node does with an archive that nobody signed. */
public enum UnsignedPolicy {
  /** It takes those that only its own operator can have put into its folder of functions. */
  LOCAL,
  /** It takes every one; the operator bears the risk. */
  ANY,
  /** It takes none. */
  NONE;

  /**
   * The policy of that name, in lower case.
   *
   * @throws org.universalnode.problem.ProblemException if there is none
   */
  public static UnsignedPolicy parse(String word) {
    for (UnsignedPolicy policy : values()) {
      if (policy.toString().equals(word)) {
        return policy;
      }
    }
    throw TrustProblem.invalid(
        "\"" + word + "\" is no policy for unsigned archives", "write local, any or none");
  }

  /** Whose templates are taken: who takes every archive takes every template. */
  public TemplateWriters templateWriters() {
    return switch (this) {
      case ANY -> TemplateWriters.ANYBODY;
      case LOCAL, NONE -> TemplateWriters.OWNERS;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
