package org.universalnode.switching.openvswitch.ovsdb;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a column of a row holds (RFC 7047 section 5.1, {@code value}). A scalar is a set of one: the
 * protocol writes both alike, and only the schema could tell them apart.
 */
public sealed interface Value {
  /** What an optional column holds that has not been set. */
  Value NONE = new Atoms(Set.of());

  /** A set; the order is that of writing and means nothing. */
  record Atoms(Set<Atom> atoms) implements Value {
    public Atoms {
      atoms = Collections.unmodifiableSet(new LinkedHashSet<>(atoms));
    }
  }

  record Pairs(Map<Atom, Atom> pairs) implements Value {
    public Pairs {
      pairs = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
    }
  }

  static Value of(String text) {
    return of(new Atom.Text(text));
  }

  static Value of(long number) {
    return of(new Atom.Whole(number));
  }

  static Value of(boolean truth) {
    return of(new Atom.Truth(truth));
  }

  static Value of(UUID row) {
    return of(new Atom.RowId(row));
  }

  /** Refers to what the insert of that name makes, in the same transaction. */
  static Value newRow(String name) {
    return of(new Atom.NewRow(name));
  }

  static Value of(Atom... atoms) {
    return set(List.of(atoms));
  }

  static Value set(Collection<? extends Atom> atoms) {
    return new Atoms(new LinkedHashSet<>(atoms));
  }

  static Value map(Map<String, String> texts) {
    Map<Atom, Atom> pairs = new LinkedHashMap<>();
    texts.forEach((key, value) -> pairs.put(new Atom.Text(key), new Atom.Text(value)));
    return new Pairs(pairs);
  }
}
