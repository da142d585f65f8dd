package org.universalnode.switching.openvswitch.ovsdb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * A row with the columns that were asked for. Every reader of a column throws {@link
 * ProblemException} if it was not asked for or holds something else.
 */
public record Row(UUID id, Map<String, Value> columns) {
  static final String ID = "_uuid";

  public Row {
    columns = Map.copyOf(columns);
  }

  public Value value(String column) {
    return Optional.ofNullable(columns.get(column))
        .orElseThrow(() -> other(column, "was not asked for"));
  }

  public String text(String column) {
    return optionalText(column).orElseThrow(() -> other(column, "holds nothing"));
  }

  public Optional<String> optionalText(String column) {
    return one(column, Atom.Text.class).map(Atom.Text::value);
  }

  public Optional<Long> whole(String column) {
    return one(column, Atom.Whole.class).map(Atom.Whole::value);
  }

  public Optional<Boolean> truth(String column) {
    return one(column, Atom.Truth.class).map(Atom.Truth::value);
  }

  public List<String> texts(String column) {
    return all(column, Atom.Text.class).stream().map(Atom.Text::value).toList();
  }

  /** References to other rows. */
  public List<UUID> ids(String column) {
    return all(column, Atom.RowId.class).stream().map(Atom.RowId::value).toList();
  }

  /** A map from texts to texts, such as external_ids. */
  public Map<String, String> map(String column) {
    if (!(value(column) instanceof Value.Pairs(Map<Atom, Atom> pairs))) {
      throw other(column, "holds no map");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    pairs.forEach(
        (key, value) ->
            texts.put(
                as(Atom.Text.class, key, column).value(),
                as(Atom.Text.class, value, column).value()));
    return texts;
  }

  private <A extends Atom> Optional<A> one(String column, Class<A> kind) {
    List<A> all = all(column, kind);
    if (all.size() > 1) {
      throw other(column, "holds " + all.size() + " values instead of one");
    }
    return all.stream().findFirst();
  }

  private <A extends Atom> List<A> all(String column, Class<A> kind) {
    return switch (value(column)) {
      case Value.Atoms(var atoms) -> atoms.stream().map(atom -> as(kind, atom, column)).toList();
      case Value.Pairs pairs -> throw other(column, "holds a map");
    };
  }

  private <A extends Atom> A as(Class<A> kind, Atom atom, String column) {
    if (!kind.isInstance(atom)) {
      throw other(column, "holds " + atom + " and no " + kind.getSimpleName());
    }
    return kind.cast(atom);
  }

  private ProblemException other(String column, String what) {
    return Problem.of(Code.UNSUPPORTED, "column " + column + " of row " + id + " " + what)
        .next("see that Open vSwitch is of a version that this node knows")
        .asException();
  }
}
