package org.universalnode.switching.kit;

import org.junit.jupiter.api.AfterEach;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.PacketText;

/** A part of the suite; each test has a switch of its own, of which nothing is left. */
abstract class ConformanceCases {
  private final SwitchDriverConformance suite;

  /** The switch of this test. */
  final TestSwitch tested;

  ConformanceCases(SwitchDriverConformance suite) {
    this.suite = suite;
    this.tested = new TestSwitch(suite.wires(), suite::open);
  }

  SwitchDriverConformance suite() {
    return suite;
  }

  @AfterEach
  void nothingIsLeft() {
    tested.close();
    suite.expectNothingOf(tested.wires().node());
  }

  static Frame frame(String text) {
    return PacketText.parse(text);
  }
}
