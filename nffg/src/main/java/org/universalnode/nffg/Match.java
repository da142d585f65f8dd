package org.universalnode.nffg;

/**
 * The frames that a rule is about.
 *
 * @param portIn where they come from
 * @param fields what they look like
 */
public record Match(PortRef portIn, MatchFields fields) {

  /** Everything that comes from there. */
  public static Match allFrom(PortRef portIn) {
    return new Match(portIn, MatchFields.ANY);
  }
}
