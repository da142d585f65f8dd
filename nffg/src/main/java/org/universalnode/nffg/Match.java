package org.universalnode.nffg;

/**
 * The frames that a rule is about.
 *
 * @param portIn where they come from
 * @param fields what they look like
 * @param extras what the document says besides (hard_timeout): a JSON object as canonical text,
 *     kept and not used
 */
public record Match(PortRef portIn, MatchFields fields, String extras) {

  public Match {
    extras = Extras.canonical(extras);
  }

  public Match(PortRef portIn, MatchFields fields) {
    this(portIn, fields, Extras.NONE);
  }

  /** Everything that comes from there. */
  public static Match allFrom(PortRef portIn) {
    return new Match(portIn, MatchFields.ANY);
  }
}
