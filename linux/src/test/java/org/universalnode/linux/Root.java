package org.universalnode.linux;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that changes the kernel's state; skipped, with this reason, when not run by root. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "org.universalnode.linux.Root$Check#isRoot", disabledReason = "needs root")
@interface Root {
  /** Who runs the tests. */
  final class Check {
    private Check() {}

    static boolean isRoot() {
      return "root".equals(System.getProperty("user.name"));
    }
  }
}
