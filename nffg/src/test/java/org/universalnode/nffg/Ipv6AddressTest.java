package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.problem.ProblemException;

class Ipv6AddressTest {

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", // RFC 5952 4.2.3: of equal runs the first
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1", // the longest run
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", // 4.2.2: a single group is no run
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0DB8::0001, 2001:db8::1", // 4.1: no leading zeros, 4.3: lower case
    "2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:1, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "ff02:0:0:0:0:1:ff00:1, ff02::1:ff00:1",
    "1::8, 1::8",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::ffff:c000:0201, ::ffff:192.0.2.1", // section 5: an IPv4-mapped address
    "::FFFF:192.0.2.1, ::ffff:192.0.2.1",
    "2001:db8::192.0.2.1, 2001:db8::c000:201",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    "::13.1.68.3, ::d01:4403"
  })
  void everyFormIsReadAndOneIsWritten(String text, String canonical) {
    assertThat(Ipv6Address.parse(text)).hasToString(canonical);
    assertThat(Ipv6Address.parse(canonical)).isEqualTo(Ipv6Address.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1::2::3",
        "1:::2",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        "12345::",
        "g::",
        "::-1",
        "fe80::1%eth0",
        "2001:db8::/32",
        "[::1]",
        " ::1",
        "::1.2.3",
        "::1.2.3.256",
        "::1.2.3.04",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1.2.3.4",
        "::٣"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Ipv6Address.parse(text)).isInstanceOf(ProblemException.class);
  }

  @Test
  void generatedAddressesComeBackAndAreWhatJavaTakesThemFor() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Bits bits = new Bits(sparse(random), sparse(random));
      String text = new Ipv6Address(bits).toString();

      assertThat(Ipv6Address.parse(text).bits()).as("seed %d, %s", seed, text).isEqualTo(bits);
      BigInteger java = new BigInteger(1, InetAddress.ofLiteral(text).getAddress());
      assertThat(java.longValue() & (text.contains("::ffff:") ? 0xffffffffL : -1L))
          .as("seed %d, %s", seed, text)
          .isEqualTo(bits.low() & (text.contains("::ffff:") ? 0xffffffffL : -1L));
      assertThat(text).doesNotMatch(".*(^|:)0\\d.*").isLowerCase();
    }
  }

  /** Groups are zero as often as not. */
  private static long sparse(Random random) {
    long bits = 0;
    for (int group = 0; group < 4; group++) {
      bits =
          bits << 16 | (random.nextBoolean() ? 0 : random.nextInt(1 << (1 + random.nextInt(16))));
    }
    return bits;
  }

  @Test
  void anAddressIsOfTheFamilyThatItsTextShows() {
    assertThat(IpAddress.parse("192.0.2.1")).isInstanceOf(Ipv4Address.class);
    assertThat(IpAddress.parse("::192.0.2.1")).isInstanceOf(Ipv6Address.class);
  }
}
