package org.universalnode.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionTest {

  @Test
  void eachLetterIsForOneRight() {
    for (String text : List.of("AAA", "AAD", "ADA", "ADD", "DAA", "DAD", "DDA", "DDD")) {
      Permission permission = Permission.of(text).orElseThrow();
      assertThat(permission.allows(Right.READ)).isEqualTo(text.charAt(0) == 'A');
      assertThat(permission.allows(Right.UPDATE)).isEqualTo(text.charAt(1) == 'A');
      assertThat(permission.allows(Right.DELETE)).isEqualTo(text.charAt(2) == 'A');
      assertThat(permission.text()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AA", "AAAA", "aaa", "AAX", "AAA "})
  void anythingElseIsNone(String text) {
    assertThat(Permission.of(text)).isEmpty();
  }
}
