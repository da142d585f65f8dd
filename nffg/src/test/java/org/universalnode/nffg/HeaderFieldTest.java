package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.problem.ProblemException;

class HeaderFieldTest {

  @ParameterizedTest
  @EnumSource(HeaderField.class)
  void generatedValuesComeBackFromTheirText(HeaderField field) {
    long seed = System.nanoTime();
    Draw draw = new Draw(seed);
    for (int i = 0; i < 500; i++) {
      FieldMatch match = drawn(field, draw);
      String text = field.format(match);

      assertThat(field.parse(text)).as("seed %d, %s %s", seed, field, text).isEqualTo(match);
      assertThat(field.format(field.parse(text))).isEqualTo(text);
    }
  }

  /** Such as a text can say. */
  private static FieldMatch drawn(HeaderField field, Draw draw) {
    return switch (field.notation()) {
      case NUMBER, PROTOCOL, MAC -> field.exact(draw.wideBits(field.width()));
      case ETHER_TYPE -> field.exact(0x600 + draw.upTo(0xffff - 0x600));
      case VLAN ->
          draw.any(
              List.of(
                  FieldMatch.TAGGED, FieldMatch.UNTAGGED, FieldMatch.vlan(1 + draw.upTo(4093))));
      case IPV4, IPV6 -> {
        Bits mask = Bits.prefix(draw.upTo(field.width()), field.width());
        yield new FieldMatch(draw.wideBits(field.width()), mask);
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "ETHER_TYPE, 65535, 0xffff",
    "ETHER_TYPE, 0x600, 0x0600",
    "VLAN, 4094, 4094",
    "VLAN_PRIORITY, 0x7, 7",
    "SOURCE_MAC, FF:ff:00:00:00:00, ff:ff:00:00:00:00",
    "IPV4_SOURCE, 255.255.255.255/31, 255.255.255.254/31",
    "IPV6_DEST, 2001:DB8::FF/33, 2001:db8::/33",
    "PROTOCOL, Sctp, 132",
    "DEST_PORT, 0xffff, 65535",
    "IPV6_FLOW_LABEL, 0xfffff, 1048575",
    "MPLS_LABEL, 1048575, 1048575",
    "ARP_OPCODE, 0, 0"
  })
  void everySpellingHasOneCanonicalText(HeaderField field, String text, String canonical) {
    assertThat(field.format(field.parse(text))).isEqualTo(canonical);
  }

  @ParameterizedTest
  @EnumSource(HeaderField.class)
  void whatDoesNotFitIsRefused(HeaderField field) {
    for (String text : List.of("", " ", "-1", "1 ", "x", "0x", "99999999999", "1/1", "::/129")) {
      assertThatThrownBy(() -> field.parse(text))
          .as("%s %s", field, text)
          .isInstanceOf(ProblemException.class);
    }
    if (field.width() < 128) {
      Bits tooLarge = Bits.ones(field.width() + 1);
      assertThatThrownBy(() -> field.exact(tooLarge)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(field.exact(field.mask()).mask()).isEqualTo(field.mask());
  }

  @Test
  void widthsAreThoseOfOpenFlow() {
    assertThat(HeaderField.VLAN.width()).isEqualTo(13);
    assertThat(HeaderField.IPV6_FLOW_LABEL.width()).isEqualTo(20);
    assertThat(HeaderField.MPLS_LABEL.width()).isEqualTo(20);
    assertThat(HeaderField.ND_TARGET.width()).isEqualTo(128);
    assertThat(HeaderField.ARP_SOURCE_MAC.width()).isEqualTo(48);
    assertThat(HeaderField.IP_DSCP.width() + HeaderField.IP_ECN.width()).isEqualTo(8);
  }

  @Test
  void everyFieldHasAPublishedKey() {
    for (HeaderField field : HeaderField.values()) {
      assertThat(MatchKey.of(field).field()).isEqualTo(field);
    }
    assertThat(MatchKey.ALL).hasSameSizeAs(HeaderField.values());
  }
}
