package org.universalnode.compute;

/**
 * What an instance says of itself.
 *
 * @param reason why it does not do its work; empty if it does, or has no way to say
 * @param report what its author wants people to see: a JSON object; {@code {}} if there is nothing
 */
public record InstanceHealth(String reason, String report) {
  public boolean isGood() {
    return reason.isEmpty();
  }
}
