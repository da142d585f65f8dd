package org.universalnode.switching.devices;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.universalnode.linux.Link;
import org.universalnode.nffg.MacAddress;
import org.universalnode.problem.Problem;
import org.universalnode.switching.Attachment;

/**
 * By what the driver knows again the interfaces that it made: names within the kernel's 15
 * characters, however many graphs there are, and what a link says of itself.
 */
public record Marks(String node) {
  private static final String OWNER = "universal-node/";
  private static final int LONGEST_ALIAS = 255;
  private static final int NAME_DIGEST_BYTES = 6;

  /** How names begin; twelve digits of a digest follow. */
  private static final String OURS = "un";

  private static final String HOST_SIDE = "uh";
  private static final String TUNNEL_SIDE = "ut";

  /** Kinds of identity, so that those of one kind never meet those of another. */
  private static final String FUNCTION = "function:";

  private static final String STACK = "stack:";
  private static final String VXLAN = "vxlan:";
  private static final String GRE = "gre:";

  public static boolean isMadeName(String name) {
    return name.matches(OURS + "[0-9a-f]{12}");
  }

  /** By the name of an owner; empty if it is no node. */
  public static Optional<Marks> ofOwner(String owner) {
    return owner.startsWith(OWNER)
        ? Optional.of(new Marks(owner.substring(OWNER.length())))
        : Optional.empty();
  }

  public String owner() {
    return OWNER + node;
  }

  public boolean isOurs(Link link) {
    return link.alias().startsWith(mark(""));
  }

  /** Whoever has the name by accident keeps it; an unmarked one is what a crash left of ours. */
  public void requireOurs(Link link) {
    boolean unmarked = link.alias().isEmpty() && link.kind().equals("veth") && !link.up();
    if (!unmarked && !isOurs(link)) {
      throw Problem.of(
              Problem.Code.CONFLICT, "the interface " + link.name() + " is somebody else's")
          .next("rename it")
          .asException();
    }
  }

  /**
   * The interface that should be a port, if the link is one end of a pair of ours: it says so, or
   * has the address that only this node gives it, since before it can say anything.
   */
  public Optional<String> portOf(Link end) {
    boolean far = end.name().matches("(?:" + HOST_SIDE + "|" + TUNNEL_SIDE + ")[0-9a-f]{12}");
    boolean ours = isOurs(end) || (far && end.mac().equals(macOf(end.name()).toString()));
    boolean pair = end.kind().equals("veth") && (far || isMadeName(end.name()));
    return pair && ours
        ? Optional.of(OURS + end.name().substring(OURS.length()))
        : Optional.empty();
  }

  public String nameOf(Attachment.FunctionInterface function) {
    return name(OURS, FUNCTION + function.identity());
  }

  public String markOf(Attachment.FunctionInterface function) {
    return mark(FUNCTION + function.identity());
  }

  public String nameOf(Attachment.HostStack stack) {
    return name(OURS, STACK + stack.identity());
  }

  /** The interface that the machine's stack has. */
  public String hostSideOf(Attachment.HostStack stack) {
    return name(HOST_SIDE, STACK + stack.identity());
  }

  /** Also tells the addresses from others that it had before. */
  public String markOf(Attachment.HostStack stack) {
    String addresses = digest(stack.stack().toString(), NAME_DIGEST_BYTES);
    return mark(STACK + addresses + "/" + stack.identity());
  }

  /** A locally administered address that stays the same. */
  public MacAddress macOf(Attachment.HostStack stack) {
    return macOf(hostSideOf(stack));
  }

  /** As of an interface of that name. */
  public MacAddress macOf(String name) {
    String identity = owner() + "/" + name;
    long digest = ByteBuffer.wrap(Digest.of(identity, Long.BYTES)).getLong();
    return new MacAddress((digest & 0xfcffffffffffL) | 0x020000000000L);
  }

  public String nameOfVxlan(int port) {
    return name(OURS, VXLAN + port);
  }

  public String markOfVxlan(int port) {
    return mark(VXLAN + port);
  }

  /** The interface that is the port. */
  public String nameOfGre(String identity) {
    return name(OURS, GRE + identity);
  }

  /** Its peer, from which packets go their way. */
  public String tunnelSideOf(String identity) {
    return name(TUNNEL_SIDE, GRE + identity);
  }

  public String markOfGre(String identity) {
    return mark(GRE + identity);
  }

  private String name(String start, String identity) {
    return start + digest(owner() + "/" + identity, NAME_DIGEST_BYTES);
  }

  private static String digest(String text, int bytes) {
    return HexFormat.of().formatHex(Digest.of(text, bytes));
  }

  /** Within the kernel's 255 bytes. */
  private String mark(String identity) {
    String mark = owner() + "/" + identity;
    while (mark.getBytes(StandardCharsets.UTF_8).length > LONGEST_ALIAS) {
      mark = mark.substring(0, mark.offsetByCodePoints(mark.length(), -1));
    }
    return mark;
  }
}
