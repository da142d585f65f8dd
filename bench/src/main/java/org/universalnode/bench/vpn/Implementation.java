package org.universalnode.bench.vpn;

import java.util.List;
import java.util.stream.Stream;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;

/** What runs the IPsec client. */
enum Implementation {
  BARE("bare process", "", ""),
  NATIVE("NNF", "ipsec-client/ipsec-client.tgz", ""),
  DOCKER("Docker", "docker-ipsec-client/docker-ipsec-client.tar", "docker.io containerd runc"),
  MACHINE(
      "VM",
      "vm-ipsec-client/vm-ipsec-client.tgz",
      "libvirt-daemon libvirt-daemon-driver-qemu libvirt0 libvirt-clients qemu-system-x86"
          + " qemu-system-common qemu-system-data qemu-utils");

  private static final Budget NONE = new Budget.None();

  /** Of the design. */
  private static final Budget CLOSE = new Budget.AtMost(1.10);

  private final String words;
  private final String image;
  private final String engine;

  Implementation(String words, String image, String engine) {
    this.words = words;
    this.image = image;
    this.engine = engine;
  }

  /** As tables call it. */
  String words() {
    return words;
  }

  /** Its image in the catalog; empty if it is none. */
  String image() {
    return image;
  }

  /** The template's name, as the graph asks for it. */
  String template() {
    return image.substring(0, image.indexOf('/'));
  }

  /** Debian's packages that its execution environment needs beside what all of them need. */
  List<String> engine() {
    return engine.isEmpty() ? List.of() : List.of(engine.split(" ", -1));
  }

  Figure started() {
    return Figure.absolute(name("started"), "ms");
  }

  Figure tunnel() {
    return Figure.absolute(name("tunnel"), "ms");
  }

  Figure packet() {
    return Figure.absolute(name("first packet"), "ms");
  }

  Figure up(Cipher cipher) {
    return Figure.absolute(name(cipher.words() + " up"), "Mb/s");
  }

  Figure down(Cipher cipher) {
    return Figure.absolute(name(cipher.words() + " down"), "Mb/s");
  }

  Figure load(Cipher cipher) {
    return Figure.absolute(name(cipher.words() + " load"), "%");
  }

  Figure memory() {
    return Figure.absolute(name("memory"), "MB");
  }

  Figure engineMemory() {
    return Figure.absolute(name("engine memory"), "MB");
  }

  Figure imageSize() {
    return Figure.absolute(name("image"), "MB");
  }

  Figure engineSize() {
    return Figure.absolute(name("engine disk"), "MB");
  }

  /** How much longer the tunnel takes than that of the bare process. */
  Figure tunnelOfBare() {
    return Figure.ratio(name("tunnel of bare"), this == NATIVE ? CLOSE : NONE);
  }

  /** How much of the bare process's traffic goes through, up. */
  Figure throughputOfBare(Cipher cipher) {
    return Figure.ratio(name(cipher.words() + " up of bare"), NONE);
  }

  /** All of them, but of the bare process those that compare it with itself. */
  Stream<Figure> figures() {
    Stream<Figure> own =
        Stream.of(
            started(), tunnel(), packet(), memory(), engineMemory(), imageSize(), engineSize());
    Stream<Figure> traffic =
        Stream.of(Cipher.values()).flatMap(c -> Stream.of(up(c), down(c), load(c)));
    Stream<Figure> ratios =
        this == BARE
            ? Stream.empty()
            : Stream.concat(
                Stream.of(tunnelOfBare()), Stream.of(Cipher.values()).map(this::throughputOfBare));
    return Stream.of(own, traffic, ratios).flatMap(all -> all);
  }

  private String name(String what) {
    return "ipsec client, " + words + ", " + what;
  }
}
