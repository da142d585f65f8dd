package org.universalnode.node.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PasswordHashTest {

  @Test
  void onlyTheSamePasswordMatches() {
    String kept = PasswordHash.of("correct horse", PasswordHash.ROUNDS);
    assertThat(PasswordHash.matches("correct horse", kept)).isTrue();
    assertThat(PasswordHash.matches("correct horsf", kept)).isFalse();
    assertThat(PasswordHash.matches("", kept)).isFalse();
    assertThat(kept).startsWith("pbkdf2-sha512$210000$").doesNotContain("horse");
  }

  @Test
  void theSamePasswordIsKeptDifferentlyEachTime() {
    assertThat(PasswordHash.of("correct horse", 10))
        .isNotEqualTo(PasswordHash.of("correct horse", 10));
  }

  /** Computed with Python: hashlib.pbkdf2_hmac('sha512', b'password', b'salt', 1, 32). */
  @Test
  void itIsWhatOthersCallByThatName() {
    String kept = "pbkdf2-sha512$1$c2FsdA==$hn9wzxreAs/zdSWZo6U9xK80x6ZpgVrl1RNVThyM8lI=";
    assertThat(PasswordHash.matches("password", kept)).isTrue();
  }

  @Test
  void whatIsNoHashMatchesNothing() {
    assertThatThrownBy(() -> PasswordHash.matches("x", "md5$1$2$3"))
        .isInstanceOf(IllegalStateException.class);
  }
}
