package org.universalnode.nffg;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of end-point by the word that documents use for them. */
public enum EndPointType {
  INTERFACE("interface"),
  INTERFACE_OUT("interface-out"),
  VLAN("vlan"),
  GRE_TUNNEL("gre-tunnel"),
  VXLAN("vxlan"),
  INTERNAL("internal"),
  HOST_STACK("host-stack"),
  /** Has no word: the document does not say what the end-point is. */
  UNBOUND("");

  /** All that a document can name. */
  static final List<String> WORDS =
      Arrays.stream(values()).map(EndPointType::toString).filter(word -> !word.isEmpty()).toList();

  private final String word;

  EndPointType(String word) {
    this.word = word;
  }

  static Optional<EndPointType> of(String word) {
    return Arrays.stream(values())
        .filter(type -> type != UNBOUND && type.word.equals(word))
        .findFirst();
  }

  /** The value of {@code type}, and the key of the object that says more. */
  @Override
  public String toString() {
    return word;
  }
}
