package org.universalnode.switching.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.universalnode.nffg.HeaderField;
import org.universalnode.switching.LsiPort;

/** A {@link Group} at work. */
final class LearningSwitch {
  private static final int MOST_ADDRESSES = 16_384;
  private static final long GROUP_ADDRESS = 1L << 40;

  private final List<LsiPort> members;
  private final Map<Long, LsiPort> learned = new LinkedHashMap<>();

  LearningSwitch(Group group) {
    this.members = group.members();
  }

  /** The members at which a frame comes in that was sent to {@code sender}. */
  List<LsiPort> forward(LsiPort sender, Frame frame) {
    learn(frame.headers().number(HeaderField.SOURCE_MAC), sender);
    LsiPort known = learned.get(frame.headers().number(HeaderField.DEST_MAC));
    List<LsiPort> receivers = known == null ? members : List.of(known);
    return receivers.stream().filter(receiver -> !receiver.equals(sender)).toList();
  }

  /** Group addresses are no sources; of too many the longest unseen is forgotten. */
  private void learn(long source, LsiPort sender) {
    if ((source & GROUP_ADDRESS) != 0) {
      return;
    }
    learned.remove(source);
    learned.put(source, sender);
    if (learned.size() > MOST_ADDRESSES) {
      learned.remove(learned.keySet().iterator().next());
    }
  }
}
