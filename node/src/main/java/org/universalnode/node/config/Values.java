package org.universalnode.node.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.universalnode.node.security.Permission;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** Readers of single values; each throws a ProblemException for what it can't take. */
final class Values {
  private static final String LITERAL = "[0-9.]+|\\[[0-9A-Fa-f:.]+\\]|localhost";

  private Values() {}

  static void nodeName(String text) {
    require(
        text.matches("[a-z0-9]{1,24}"),
        "\"" + text + "\" can't be a node's name",
        "use 1 to 24 lower-case letters and digits");
  }

  static void word(String text) {
    require(
        text.matches("[^\\s,]{1,128}"),
        "\"" + text + "\" is no name",
        "use 1 to 128 characters, no space and no comma");
  }

  static void interfaceName(String text) {
    require(
        text.matches("[^\\s/:,]{1,15}") && !text.matches("\\.{1,2}"),
        "\"" + text + "\" is not an interface name",
        "a name has at most 15 characters, no space, slash, colon and comma");
  }

  static void graphId(String text) {
    require(
        text.matches("[^\\p{Cntrl}/:]{1,128}"),
        "\"" + text + "\" can't be a graph's id",
        "use 1 to 128 characters, no slash and no colon");
  }

  static void graphPattern(String text) {
    require(
        text.matches("(group:)?[^\\p{Cntrl}/:]{1,120}") && !text.isBlank(),
        "\"" + text + "\" names no graphs",
        "write an id, how ids begin and a star: tenant-1*, or a group of users: group:blue");
  }

  static void path(String text) {
    try {
      require(!Path.of(text).toString().isEmpty(), "an empty path names no place", "name one");
    } catch (InvalidPathException e) {
      throw wrong("\"" + text + "\" is no path: " + e.getReason(), "name a file or folder");
    }
  }

  static long number(String text, long least, long most) {
    if (text.matches("[0-9]{1,18}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw wrong(
        "\"" + text + "\" is not possible here",
        "use a number from %d to %d".formatted(least, most));
  }

  static void oneOf(String text, List<String> words) {
    require(
        words.contains(text),
        "\"" + text + "\" is not possible here",
        "use one of these: " + String.join(", ", words));
  }

  /** What MQTT and NATS both take: their wildcards are no names. */
  static void topic(String text) {
    require(
        text.matches("[^\\s\\p{Cntrl}*>#+$.][^\\s\\p{Cntrl}*>#+]{0,127}")
            && !text.endsWith(".")
            && !text.contains(".."),
        "\"" + text + "\" can't be a topic",
        "use 1 to 128 characters, no space, none of * > # +, and no dot at an end");
  }

  /** An upstream's address. Passwords have no place in it, for it is shown. */
  static void upstream(String kind, String text) {
    try {
      URI uri = URI.create(text);
      boolean fits =
          switch (kind) {
            case "mqtt" -> isOne(uri, "mqtt", "mqtts") && uri.getPort() > 0;
            case "nats" -> isOne(uri, "nats") && uri.getPort() > 0;
            default -> isOne(uri, "http", "https");
          };
      if (fits && uri.getHost() != null && uri.getUserInfo() == null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw noUpstream(kind);
    }
    throw noUpstream(kind);
  }

  private static boolean isOne(URI uri, String... schemes) {
    return List.of(schemes).contains(String.valueOf(uri.getScheme()));
  }

  private static ProblemException noUpstream(String kind) {
    return wrong(
        "this is no address of an upstream of the kind " + kind,
        "write it like https://HOST/path, mqtt://HOST:1883, mqtts://HOST:8883 or nats://HOST:4222;"
            + " a login belongs into the file of credentials");
  }

  /** An address to listen on: of this machine only, for whoever reaches it rules the node. */
  static InetSocketAddress address(String text) {
    InetSocketAddress address = socketAddress(text);
    require(
        address.getAddress().isLoopbackAddress(),
        "the node listens on loopback only, not on " + text,
        "use 127.0.0.1 or [::1]");
    return address;
  }

  /** An address to listen on with TLS: any of this machine. */
  static InetSocketAddress anyAddress(String text) {
    return socketAddress(text);
  }

  static void permission(String text) {
    require(
        Permission.of(text).isPresent(),
        "\"" + text + "\" is no permission",
        "write three letters, A or D, for reading, updating and deleting: ADD");
  }

  private static InetSocketAddress socketAddress(String text) {
    try {
      URI uri = URI.create("tcp://" + text);
      String host = uri.getHost();
      if (host != null && host.matches(LITERAL) && uri.getPort() >= 0 && uri.getPort() < 1 << 16) {
        return new InetSocketAddress(InetAddress.getByName(host), uri.getPort());
      }
    } catch (IllegalArgumentException | UnknownHostException e) {
      throw noAddress(text);
    }
    throw noAddress(text);
  }

  private static ProblemException noAddress(String text) {
    return wrong("\"" + text + "\" is no address to listen on", "write it like 127.0.0.1:8080");
  }

  private static void require(boolean fine, String detail, String next) {
    if (!fine) {
      throw wrong(detail, next);
    }
  }

  private static ProblemException wrong(String detail, String next) {
    return Problem.of(Code.INVALID_DOCUMENT, detail).next(next).asException();
  }
}
