package org.universalnode.switching.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MacAddress;
import org.universalnode.switching.LsiPort;

/** A {@link Group} at work. */
final class LearningSwitch {
  private static final int MOST_ADDRESSES = 16_384;

  private final List<LsiPort> members;
  private final Map<MacAddress, LsiPort> learned = new LinkedHashMap<>();

  LearningSwitch(Group group) {
    this.members = group.members();
  }

  /** The members at which a frame comes in that was sent to {@code sender}. */
  List<LsiPort> forward(LsiPort sender, Frame frame) {
    learn(new MacAddress(frame.headers().number(HeaderField.SOURCE_MAC)), sender);
    MacAddress destination = new MacAddress(frame.headers().number(HeaderField.DEST_MAC));
    LsiPort known = learned.get(destination);
    List<LsiPort> receivers = known == null ? members : List.of(known);
    return receivers.stream().filter(receiver -> !receiver.equals(sender)).toList();
  }

  /** Group addresses and all zeros are no sources; of too many the longest unseen is forgotten. */
  private void learn(MacAddress source, LsiPort sender) {
    if (!source.isUnicast()) {
      return;
    }
    learned.remove(source);
    learned.put(source, sender);
    if (learned.size() > MOST_ADDRESSES) {
      learned.remove(learned.keySet().iterator().next());
    }
  }
}
