package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsAreAlignedAndNothingTrailsTheLastCell() {
    Table table = new Table("ID", "STATE");
    table.row("a-long-id", "running");
    table.row("ü", "");
    assertThat(table.shown(new Paint(false)))
        .isEqualTo("ID         STATE\na-long-id  running\nü          -\n");
  }

  @Test
  void colourDoesNotMoveTheColumns() {
    Table table = new Table("STATE", "ID");
    table.row("running", "a");
    table.row("error", "b");
    String coloured = table.shown(new Paint(true));
    assertThat(coloured).contains("\u001b[32mrunning\u001b[0m  a", "\u001b[31merror\u001b[0m    b");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(table.shown(new Paint(false)));
  }

  @Test
  void aCellCannotBreakTheRow() {
    Table table = new Table("ID");
    table.row("a\nb\u009b");
    assertThat(table.shown(new Paint(false))).isEqualTo("ID\na\\u000ab\\u009b\n");
  }

  @Test
  void aRowHasACellForEveryHeading() {
    Table table = new Table("ID", "STATE");
    assertThatThrownBy(() -> table.row("a")).isInstanceOf(IllegalArgumentException.class);
  }
}
