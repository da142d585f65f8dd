package org.universalnode.nffg;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts that are, or nearly are, values of some key of the formalism. */
final class SchemaTexts {
  private static final List<String> FIXED =
      List.of(
          """
          ANY any NO_VLAN no_vlan tcp UDP icmpV6 Sctp ah dhcp DHCP Static PPPoE pppoes true -
          0x 0X0 00 1e1 1.0 +1 -1 0x1g 080 a a:0 a:65535 a:65536 a:00000 a:000000 a: :0 a:b:0
          vnf:f:a:0 vnf:f:a:00 vnf:f:a:65536 vnf:f:a vnf:f endpoint:e endpoint: Endpoint:e
          endpoint:e:0 A=b A= =b 1=2 _=1 A=b=c A-B=c 255.255.255.255 255.0.255.0 0.0.0.0
          256.0.0.0 1.2.3 01.2.3.4 1.2.3.4. 1.2.3.4/0 1.2.3.4/32 1.2.3.4/33 1.2.3.4/01
          1.2.3.4/ 1.2.3.4/8/8 :: ::1 1:: : ::: 1::2::3 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7::
          1:2:3:4:5:6:7:8:: ::/0 1:2:3:4:5:6:7:8:9 ::/128 ::/129 ::1.2.3.4 1:2:3:4:5:6:1.2.3.4
          ::1.2.3.4.5 ::1.2.3 1:2:3:4:5::1.2.3.4 1:2:3:4:5:6::1.2.3.4 1:2:3:4:5:6:7:1.2.3.4
          fe80::1%eth0 12345:: 02:00:00:00:00:01 01:00:00:00:00:01 00:00:00:00:00:00
          FF:ff:FF:ff:FF:ff 02-00-00-00-00-01 2:0:0:0:0:1 02:00:00:00:00:01:02 02:00:00:00:00
          020000000001\
          """
              .split("\\s+"));

  private final Random random;

  SchemaTexts(long seed) {
    random = new Random(seed);
  }

  /** The same for every seed. */
  static List<String> known() {
    Stream<String> odd =
        Stream.of("", " ", "a b", "\u0000", "a\u0085b", "é", "\u2028", "A=\u0000", "A=\n\u0001");
    Stream<String> lengthy =
        Stream.of(127, 128, 129, 256, 257, 4096, 4097)
            .map("x"::repeat)
            .flatMap(x -> Stream.of(x, x + ":0", "endpoint:" + x, x + "=", "A=" + x));
    return Stream.of(FIXED.stream(), odd, lengthy, masks(), numbers())
        .flatMap(texts -> texts)
        .toList();
  }

  private static Stream<String> masks() {
    return IntStream.rangeClosed(0, 32)
        .mapToObj(length -> new Ipv4Address((int) (0xffffffff00000000L >>> length)).toString());
  }

  /** Those around the bounds of all number fields. */
  private static Stream<String> numbers() {
    return Stream.of(2, 3, 6, 8, 16, 20, 24, 32, 40)
        .map(width -> 1L << width)
        .flatMap(power -> Stream.of(power - 2, power - 1, power, power + 1))
        .flatMap(near -> Stream.concat(Stream.of(near), Stream.of(0L, 1L, 1535L, 1536L, 4095L)))
        .distinct()
        .flatMap(SchemaTexts::written);
  }

  private static Stream<String> written(long number) {
    String hexadecimal = Long.toHexString(number);
    Stream<String> padded =
        IntStream.of(0, 7, 8, 9)
            .mapToObj(digits -> "0".repeat(Math.max(0, digits - hexadecimal.length())))
            .map(zeros -> "0x" + zeros + hexadecimal);
    String upper = "0X" + hexadecimal.toUpperCase(Locale.ROOT);
    return Stream.concat(padded, Stream.of(number + "", "0" + number, "-" + number, upper));
  }

  /** Another one each time. */
  String next() {
    return switch (random.nextInt(6)) {
      case 0 -> Long.toString(random.nextLong() >>> (32 + random.nextInt(32)));
      case 1 -> "0x" + Long.toHexString(random.nextLong() >>> (32 + random.nextInt(32)));
      case 2 -> ipv4();
      case 3 -> mac();
      case 4 -> ipv6();
      default -> ipv6() + "/" + random.nextInt(140);
    };
  }

  private String ipv4() {
    String address = joined(3 + random.nextInt(8) / 7 + 1, ".", () -> random.nextInt(260) + "");
    return random.nextBoolean() ? address : address + "/" + random.nextInt(36);
  }

  private String mac() {
    return joined(6, ":", () -> String.format("%02x", random.nextInt(256)));
  }

  /** As many groups as fit, or one more or less; gaps, and IPv4 addresses, anywhere. */
  private String ipv6() {
    List<String> groups = new ArrayList<>();
    int count = random.nextInt(10);
    for (int i = 0; i < count; i++) {
      groups.add(Integer.toHexString(random.nextInt(1 << (4 * (1 + random.nextInt(4))))));
    }
    if (random.nextInt(3) == 0) {
      groups.add(
          random.nextInt(4) == 0 ? random.nextInt(groups.size() + 1) : groups.size(), "1.2.3.4");
    }
    for (int gaps = random.nextInt(8) / 4 + random.nextInt(8) / 7; gaps > 0; gaps--) {
      groups.add(random.nextInt(groups.size() + 1), "");
    }
    String text = String.join(":", groups);
    return (text.startsWith(":") ? ":" : "") + text + (text.endsWith(":") ? ":" : "");
  }

  private static String joined(int count, String separator, Supplier<String> part) {
    return Stream.generate(part).limit(count).collect(Collectors.joining(separator));
  }
}
