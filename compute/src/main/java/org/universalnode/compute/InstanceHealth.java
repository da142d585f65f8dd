package org.universalnode.compute;

/**
 * What an instance says of itself.
 *
 * @param reason why it does not do its work; empty if it does, or has no way to say
 * @param report what its author wants people to see: a JSON object; {@code {}} if there is nothing
 * @param answered false if it was asked and did not say anything in time
 */
public record InstanceHealth(String reason, String report, boolean answered) {

  /** Of one that answered, or has no way to. */
  public InstanceHealth(String reason, String report) {
    this(reason, report, true);
  }

  public boolean isGood() {
    return reason.isEmpty();
  }
}
