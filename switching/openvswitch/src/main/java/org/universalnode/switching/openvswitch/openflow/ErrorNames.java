package org.universalnode.switching.openvswitch.openflow;

import java.util.List;
import java.util.Map;

/** What errors are called: OpenFlow 1.3.5 section 7.4.4, and those of bundles. */
final class ErrorNames {
  private static final int FIRST_OF_BUNDLES = 2300;

  /** By type; the number of each error is its place. */
  static final List<Kind> STANDARD =
      List.of(
          kind("no common version", "OFPHFC_", "INCOMPATIBLE EPERM"),
          kind(
              "bad request",
              "OFPBRC_",
              """
              BAD_VERSION BAD_TYPE BAD_STAT BAD_EXPERIMENTER BAD_EXPERIMENTER_TYPE EPERM BAD_LEN \
              BUFFER_EMPTY BUFFER_UNKNOWN BAD_TABLE_ID IS_SLAVE BAD_PORT BAD_PACKET \
              MULTIPART_BUFFER_OVERFLOW"""),
          kind(
              "bad action",
              "OFPBAC_",
              """
              BAD_TYPE BAD_LEN BAD_EXPERIMENTER BAD_EXPERIMENTER_TYPE BAD_OUT_PORT BAD_ARGUMENT \
              EPERM TOO_MANY BAD_QUEUE BAD_OUT_GROUP MATCH_INCONSISTENT UNSUPPORTED_ORDER BAD_TAG \
              BAD_SET_TYPE BAD_SET_LEN BAD_SET_ARGUMENT"""),
          kind(
              "bad instruction",
              "OFPBIC_",
              """
              UNKNOWN_INST UNSUP_INST BAD_TABLE_ID UNSUP_METADATA UNSUP_METADATA_MASK \
              BAD_EXPERIMENTER BAD_EXPERIMENTER_TYPE BAD_LEN EPERM"""),
          kind(
              "bad match",
              "OFPBMC_",
              """
              BAD_TYPE BAD_LEN BAD_TAG BAD_DL_ADDR_MASK BAD_NW_ADDR_MASK BAD_WILDCARDS BAD_FIELD \
              BAD_VALUE BAD_MASK BAD_PREREQ DUP_FIELD EPERM"""),
          kind(
              "flow not changed",
              "OFPFMFC_",
              """
              UNKNOWN TABLE_FULL BAD_TABLE_ID OVERLAP EPERM BAD_TIMEOUT BAD_COMMAND BAD_FLAGS"""));

  private static final Kind BUNDLE =
      kind(
          "bundle failed",
          "OFPBFC_",
          """
          UNKNOWN EPERM BAD_ID BUNDLE_EXIST BUNDLE_CLOSED OUT_OF_BUNDLES BAD_TYPE BAD_FLAGS \
          MSG_BAD_LEN MSG_BAD_XID MSG_UNSUP MSG_CONFLICT MSG_TOO_MANY MSG_FAILED TIMEOUT \
          BUNDLE_IN_PROGRESS""");

  /** Of those that rules run into. */
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("OFPBMC_BAD_PREREQ", "a field lacks the one that it needs"),
          Map.entry("OFPBMC_BAD_MASK", "the field has no such mask"),
          Map.entry("OFPBMC_BAD_VALUE", "the field has no such value"),
          Map.entry("OFPBMC_DUP_FIELD", "a field is there twice"),
          Map.entry("OFPBAC_BAD_OUT_PORT", "there is no such port"),
          Map.entry("OFPBAC_BAD_OUT_GROUP", "there is no such group"),
          Map.entry("OFPBAC_MATCH_INCONSISTENT", "frames that match need not have that field"),
          Map.entry("OFPBAC_BAD_SET_TYPE", "the field can't be set"),
          Map.entry("OFPBAC_BAD_SET_ARGUMENT", "the field has no such value"),
          Map.entry("OFPBIC_BAD_TABLE_ID", "only a later table can be next"),
          Map.entry("OFPFMFC_OVERLAP", "another flow of this priority matches some of its frames"),
          Map.entry("OFPFMFC_TABLE_FULL", "the table has no room"));

  private ErrorNames() {}

  /** Errors of one type. */
  record Kind(String words, String prefix, List<String> names) {
    String text(int code) {
      if (code < 0 || code >= names.size()) {
        return words + ", " + prefix + code;
      }
      String name = prefix + names.get(code);
      String meaning = MEANINGS.containsKey(name) ? ", " + MEANINGS.get(name) : "";
      return words + meaning + " (" + name + ")";
    }
  }

  static String of(ErrorCode error) {
    if (error.experimenter() == BundleCodec.ONF) {
      return BUNDLE.text(error.code() - FIRST_OF_BUNDLES);
    }
    if (error.experimenter() != 0) {
      return "error %d of experimenter 0x%x".formatted(error.code(), error.experimenter());
    }
    return error.type() < STANDARD.size()
        ? STANDARD.get(error.type()).text(error.code())
        : "error " + error.code() + " of type " + error.type();
  }

  private static Kind kind(String words, String prefix, String names) {
    return new Kind(words, prefix, List.of(names.split(" ", -1)));
  }
}
