package org.universalnode.node.choice;

import org.universalnode.catalog.resolve.Amounts;

/**
 * What a machine has.
 *
 * @param total altogether
 * @param available of that, for whoever asks for it now
 */
public record MachineAmounts(Amounts total, Amounts available) {
  /** More than anybody wants. */
  public static final MachineAmounts PLENTY = new MachineAmounts(Amounts.PLENTY, Amounts.PLENTY);
}
