package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.universalnode.nffg.SchemaDocument.Verdict;

/** The published schema and the reader agree on what a service graph is. */
class SchemaTest {
  private static final int MUTANTS = 10_000;
  private static final int GRAPHS = 1_000;

  private static final String DOCUMENT =
      """
      {'forwarding-graph': {
        'VNFs': [{'id': 'f', 'name': 'n', 'ports': [{'id': 'a:0'}, {'id': 'a:1'}]}],
        'end-points': [{'id': 'e', 'type': 'interface', 'interface': {'if-name': 'eth0'}}],
        'big-switch': {'flow-rules': [
          {'id': 'r', 'priority': 1,
           'match': {'port_in': 'vnf:f:a:0'}, 'actions': [{'output_to_port': 'endpoint:e'}]}]},
        'node-config': [
          {'id': 's', 'type': 'default-gateway', 'default-gateway': {'ip-address': '10.0.0.1'}}]}}
      """;

  private static final String SAME_RULE =
      "{'id': 'q', 'priority': 1, 'match': {'port_in': 'vnf:f:a:0'}, 'actions': [{'drop': true}]}";

  private final SchemaDocument schema = new SchemaDocument();

  static List<Path> documents() {
    return SchemaDocument.documents();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyDocumentThatAnybodyPublishedIsJudgedAlike(Path file) {
    assertAgreement(schema.judge(SchemaDocument.parse(SchemaDocument.text(file))), file.toString());
  }

  @Test
  void everyGraphThatTheWriterWritesIsAccepted() {
    long seed = System.nanoTime();
    for (int i = 0; i < GRAPHS; i++) {
      JsonElement document = GraphWriter.tree(new RandomGraphs(seed + i).graph(4, 8));
      assertThat(schema.problems(document)).as("seed %d: %s", seed + i, document).isEmpty();
    }
  }

  @Test
  void changedDocumentsAreJudgedAlike() {
    long seed = System.nanoTime();
    List<JsonElement> documents = documentsAndGraphs(seed);
    SchemaMutants mutants = new SchemaMutants(seed, documents);
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      JsonElement mutant = mutants.of(documents.get(i % documents.size()));
      Verdict verdict = schema.judge(mutant);
      assertAgreement(verdict, "seed " + seed + ": " + mutant);
      accepted += verdict.acceptedByReader() ? 1 : 0;
      refused += verdict.acceptedBySchema() ? 0 : 1;
    }
    assertThat(accepted).as("accepted by both, seed %d", seed).isGreaterThan(MUTANTS / 20);
    assertThat(refused).as("refused by both, seed %d", seed).isGreaterThan(MUTANTS / 4);
  }

  /** Each with the change that shows it; the schema leaves these to the reader. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'id': 'a:1' | 'id': 'a:0' | another port of this function has this id
          'name': 'n' | 'name': 'n', 'unify-control': [<a>, <a>] | it leads to another port
          'name': 'n' | 'name': 'n', 'unify-env-variables': [<v>, <v>] | the variable is set
          'endpoint:e' | 'endpoint:x' | rule r sends to end-point "x"
          'vnf:f:a:0' | 'vnf:f:a:2' | rule r takes from port "a:2"
          'priority': 1 | 'priority': 1.0 | this must be a whole number
          {'id': 'r', | <r>, {'id': 'r', | rule r has the match
          'vnf:f:a:0' | 'vnf:f:a:0', 'source_port': '1' | it needs protocol 6 or 17 or 132
          'vnf:f:a:0' | 'vnf:f:a:0', 'sctp_src': '1', 'protocol': '6' | the protocol of this
          'vnf:f:a:0' | 'vnf:f:a:0', 'vlan_id': 'NO_VLAN', 'vlan_pcp': '1' | frames without a
          'vnf:f:a:0' | 'vnf:f:a:0', 'source_ip': '::', 'ipv6_src_mask': '::1' | the mask "::1"
          {'output_to_port' | {'pop_vlan': true, 'output_to_port' | pop_vlan is done to frames
          a:0'}, 'actions': [ | a:0', 'arp_opcode': '1'}, 'actions': [{'set_ip_tos': '1'}, | set_ip
          'vnf:f:a:0'} | 'vnf:f:a:0', 'protocol': 'tcp', 'ether_type': '0x0806'} | it needs
          """)
  void whatASchemaCannotSayIsSaidByTheReader(String part, String other, String problem) {
    assertThat(DOCUMENT).contains(part);
    String text =
        DOCUMENT
            .replace(part, other)
            .replace("<a>", "{'host-tcp-port': 1, 'vnf-tcp-port': 2}")
            .replace("<r>", SAME_RULE)
            .replace("<v>", "{'variable': 'A=b'}")
            .replace('\'', '"');
    Verdict verdict = schema.judge(SchemaDocument.parse(text));
    assertThat(verdict.schema()).isEmpty();
    assertThat(verdict.acceptedButForWhatASchemaCannotSay()).isTrue();
    assertThat(verdict.reader().errors())
        .singleElement()
        .satisfies(error -> assertThat(error.detail()).startsWith(problem));
  }

  private static List<JsonElement> documentsAndGraphs(long seed) {
    List<JsonElement> all = new ArrayList<>();
    for (Path file : documents()) {
      all.add(SchemaDocument.parse(SchemaDocument.text(file)));
      all.add(GraphWriter.tree(new RandomGraphs(seed + all.size()).graph(3, 5)));
    }
    return all;
  }

  private static void assertAgreement(Verdict verdict, String what) {
    if (verdict.acceptedBySchema()) {
      assertThat(verdict.acceptedButForWhatASchemaCannotSay())
          .as("the schema accepts what the reader does not: %s%n%s", verdict, what)
          .isTrue();
    } else {
      assertThat(verdict.acceptedByReader())
          .as("the reader accepts what the schema does not: %s%n%s", verdict, what)
          .isFalse();
    }
    assertThat(verdict.untold())
        .as("the schema finds nothing wrong there: %s%n%s", verdict, what)
        .isEmpty();
  }
}
