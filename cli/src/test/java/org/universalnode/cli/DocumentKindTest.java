package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentKindTest {

  @Test
  void theKeyOfAKindTellsIt() {
    assertThat(DocumentKind.of(Documents.GRAPH)).isEqualTo(DocumentKind.GRAPH);
    assertThat(DocumentKind.of(Documents.TEMPLATE)).isEqualTo(DocumentKind.TEMPLATE);
    assertThat(DocumentKind.of(Documents.SPARSE_TEMPLATE)).isEqualTo(DocumentKind.TEMPLATE);
    assertThat(DocumentKind.of("{\"vnf-type\" \n\t :")).isEqualTo(DocumentKind.TEMPLATE);
  }

  @Test
  void aKeyInsideAGraphsConfigurationDoesNotCount() {
    String graph = "{\"configuration\": {\"vnf-type\": 1}, \"forwarding-graph\": ";
    assertThat(DocumentKind.of(graph)).isEqualTo(DocumentKind.GRAPH);
  }

  @Test
  void aValueIsNoKey() {
    String template = "{\"name\": \"forwarding-graph\", \"vnf-type\": \"native\"}";
    String quoted = "{\"name\": \"\\\"forwarding-graph\\\": 1\", \"vnf-type\": \"native\"}";
    assertThat(DocumentKind.of(template)).isEqualTo(DocumentKind.TEMPLATE);
    assertThat(DocumentKind.of(quoted)).isEqualTo(DocumentKind.TEMPLATE);
  }

  @Test
  void withoutItsKeyADocumentIsWhatItResembles() {
    String graph = "{\"VNFs\": [{\"functional-capability\": \"x\"}], \"big-switch\": {}}";
    String template = "{\"functional-capability\": \"x\", \"memory-size\": 1, \"uri\": \"u\"}";
    assertThat(DocumentKind.of(graph)).isEqualTo(DocumentKind.GRAPH);
    assertThat(DocumentKind.of(template)).isEqualTo(DocumentKind.TEMPLATE);
    assertThat(DocumentKind.of("no JSON at all")).isEqualTo(DocumentKind.GRAPH);
  }
}
