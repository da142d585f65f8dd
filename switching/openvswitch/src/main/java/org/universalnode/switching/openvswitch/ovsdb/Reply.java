package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonElement;
import org.universalnode.problem.Problem;

/** What became of a request. */
sealed interface Reply {
  record Result(JsonElement json) implements Reply {}

  record Refused(JsonElement json) implements Reply {}

  /**
   * No answer will come.
   *
   * @param begun whether some of it may have reached the server
   */
  record Lost(Problem cause, boolean begun) implements Reply {}
}
