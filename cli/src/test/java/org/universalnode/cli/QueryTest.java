package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The commands that ask for one document: list, show, status, functions, capabilities. */
class QueryTest {
  private static final String GRAPH =
      """
      {"name":"edge","VNFs":[{"id":"fw","name":"firewall","functional-capability":"firewall",
        "ports":[{"id":"lan:0"},{"id":"wan:0"}]}],
       "end-points":[{"id":"1","name":"lan","type":"interface","interface":{"if-name":"lan0"}}],
       "big-switch":{"flow-rules":[{"id":"r1","priority":10,
         "match":{"port_in":"endpoint:1","ether_type":"0x800"},
         "actions":[{"output_to_port":"vnf:fw:lan:0"},{"push_vlan":"25"}]}]}}""";

  private static final String STATUS =
      """
      {"status":"complete","percentage_completed":100,"nffg-uuid":"g1","state":"active","reason":"",
       "functions":[{"id":"fw","template":"firewall","state":"running","processes":[123,124],
         "namespace":"un.g1.fw","ports":[{"id":"lan:0","interface":"lan0",
           "mac":"02:00:00:00:00:01","switch-interface":"un0a1b2c"}]}],
       "end-points":[{"id":"1","type":"interface","interface":"lan"}],"flow-rules":4}""";

  private static final String FUNCTIONS =
      """
      {"functions":[
       {"name":"firewall","functional-capability":"firewall","vnf-type":"native","ready":true,
        "isolation":"jail","archive-bytes":2345,"memory-megabytes":64,"description":"Filters","reason":"","ports":[{"label":"lan","position":"0-0","min":1},
          {"label":"wan","position":"1-1","min":1}]},
       {"name":"dpi","functional-capability":"dpi","vnf-type":"docker","description":"",
        "ready":false,"reason":"no Docker engine","ports":[]}]}""";

  private static final String CAPABILITIES =
      """
      {"infrastructure":{"function-types":["native"],"switch":"ebpf","kernel":"6.1.0",
        "memory-megabytes":977,
        "cpu":{"architecture":"amd64","cores":2,"flags":["aes","avx2","fpu"]}},
       "functional-capabilities":[
        {"type":"nat","name":"nat","ready":false,"reason":"there is no executable \\"nft\\"",
         "templates":[{"name":"nat","vnf-type":"native","ready":false}],"specifications":{}},
        {"type":"ipsec-accelerator","name":"caam","ready":true,"reason":"","templates":[],
         "specifications":{"driver":"caam_jr","priority":"3000"}}],
       "requirements":[
        {"type":"executable","name":"jq","present":"yes","detail":"/usr/bin/jq","next":"",
         "templates":["nat"]},
        {"type":"executable","name":"nft","present":"no","detail":"there is no executable",
         "next":"install the package nftables","templates":["nat"]}],
       "crypto":[{"algorithm":"gcm(aes)","driver":"gcm-aes-caam","means":"engine","priority":3000},
        {"algorithm":"aes","driver":"aes-generic","means":"software","priority":100}],
       "interfaces":[{"name":"eth1","driver":"mlx5_core","megabits-per-second":10000,
         "offloads":["rx-gro","tx-checksum-ipv4"]}]}""";

  @Test
  void listShowsARowPerGraph() {
    try (FakeNode node = new FakeNode()) {
      String entry = "{\"nffg-uuid\":\"g1\",\"forwarding-graph\":" + GRAPH + "}";
      node.on("GET /NF-FG", 200, "{\"NF-FG\":[" + entry + "]}");
      assertThat(Ran.un(node, "list"))
          .isEqualTo(
              done(
                  """
                  GRAPH  NAME  FUNCTIONS  END-POINTS  FLOW-RULES
                  g1     edge  fw         1           1
                  """));
    }
  }

  @Test
  void listSaysWhatToDoWhenThereIsNoGraph() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG", 200, "{\"NF-FG\":[]}");
      assertThat(Ran.un(node, "list"))
          .isEqualTo(done("no graphs; apply one with: un apply FILE\n"));
    }
  }

  @Test
  void showTellsFunctionsEndPointsAndRules() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG/g1", 200, "{\"forwarding-graph\":" + GRAPH + "}");
      assertThat(Ran.un(node, "show", "g1"))
          .isEqualTo(
              done(
                  """
                  name: edge

                  FUNCTION  NAME      CAPABILITY  TEMPLATE  PORTS
                  fw        firewall  firewall    -         lan:0 wan:0

                  END-POINT  NAME  TYPE       WHERE
                  1          lan   interface  if-name=lan0

                  FLOW-RULE  PRIORITY  MATCH                                ACTIONS
                  r1         10        port_in=endpoint:1 ether_type=0x800  \
                  output_to_port=vnf:fw:lan:0 push_vlan=25
                  """));
    }
  }

  @Test
  void statusTellsWhatRunsAndWhere() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG/status/g1", 200, STATUS);
      assertThat(Ran.un(node, "status", "g1"))
          .isEqualTo(
              done(
                  """
                  graph: g1
                  state: active
                  deployment: complete
                  flow rules: 4

                  FUNCTION  TEMPLATE  STATE    PROCESSES  NAMESPACE
                  fw        firewall  running  123 124    un.g1.fw

                  FUNCTION  PORT   INTERFACE  MAC                SWITCH-INTERFACE
                  fw        lan:0  lan0       02:00:00:00:00:01  un0a1b2c

                  END-POINT  TYPE       WHERE
                  1          interface  interface=lan
                  """));
    }
  }

  @Test
  void statusTellsWhichAddressesTheMachineHasByDhcp() {
    String endPoints =
        """
        "end-points":[{"id":"fixed","type":"host-stack","interface":"uh1","address":"192.0.2.7/24"},
         {"id":"up","type":"host-stack","interface":"uh2","dhcp":"bound","address":"198.18.0.5/24",
          "router":"198.18.0.1","name-servers":["198.18.0.1","198.18.0.2"],"server":"198.18.0.1",
          "seconds-left":3000,"restarts":1},
         {"id":"down","type":"host-stack","interface":"uh3","dhcp":"asking","restarts":0}]""";
    try (FakeNode node = new FakeNode()) {
      node.on(
          "GET /NF-FG/status/g1",
          200,
          "{\"status\":\"complete\",\"nffg-uuid\":\"g1\",\"state\":\"active\"," + endPoints + "}");
      assertThat(Ran.un(node, "status", "g1"))
          .isEqualTo(
              done(
                  """
                  graph: g1
                  state: active
                  deployment: complete

                  END-POINT  TYPE        WHERE
                  fixed      host-stack  interface=uh1 address=192.0.2.7/24
                  up         host-stack  interface=uh2
                  down       host-stack  interface=uh3

                  END-POINT  DHCP    ADDRESS        ROUTER      NAME-SERVERS           LEFT    \
                  RESTARTS  REASON
                  up         bound   198.18.0.5/24  198.18.0.1  198.18.0.1 198.18.0.2  3000 s  \
                  1         -
                  down       asking  -              -           -                      -       \
                  0         -
                  """));
    }
  }

  @Test
  void functionsTellsWhyOneIsNotReady() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /functions", 200, FUNCTIONS);
      assertThat(Ran.un(node, "functions"))
          .isEqualTo(
              done(
                  """
                  FUNCTION  CAPABILITY  TYPE    ISOLATION  ARCHIVE  MEMORY  READY  \
                  PORTS              DESCRIPTION
                  firewall  firewall    native  jail       2.3 kB   64 MB   yes    \
                  lan[0-0] wan[1-1]  Filters
                  dpi       dpi         docker  -          -        -       no     \
                  -                  -

                  dpi: no Docker engine
                  """));
    }
  }

  @Test
  void capabilitiesTellsWhatIsThereAndWhatIsMissing() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /capabilities", 200, CAPABILITIES);
      assertThat(Ran.un(node, "capabilities"))
          .isEqualTo(
              done(
                  """
                  functions: native
                  switch: ebpf
                  processor: amd64, 2 cores
                  instructions: aes avx2
                  memory: 977 MB
                  kernel: 6.1.0

                  CAPABILITY         NAME  READY  TEMPLATES  DETAILS
                  nat                nat   no     nat        there is no executable "nft"
                  ipsec-accelerator  caam  yes    -          driver=caam_jr priority=3000

                  REQUIREMENT  NAME  HERE  DETAILS                       FOR
                  executable   jq    yes   /usr/bin/jq                   nat
                  executable   nft   no    install the package nftables  nat

                  CRYPTO    DRIVER        BY      PRIORITY
                  gcm(aes)  gcm-aes-caam  engine  3000

                  INTERFACE  DRIVER     SPEED       OFFLOADS
                  eth1       mlx5_core  10000 Mb/s  rx-gro tx-checksum-ipv4
                  """));
    }
  }

  @Test
  void jsonPrintsTheNodesDocumentWithItsNumbersAsTheyWereWritten() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /NF-FG", 200, "{\"NF-FG\":[],\"n\":1.50,\"t\":true,\"z\":null,\"s\":\"<ü>\"}");
      String pretty =
          """
          {
            "NF-FG": [],
            "n": 1.50,
            "t": true,
            "z": null,
            "s": "<ü>"
          }
          """;
      assertThat(Ran.un(node, "list", "--json")).isEqualTo(done(pretty));
      assertThat(Ran.un(node, "--json", "list")).isEqualTo(done(pretty));
    }
  }

  @Test
  void anUnknownGraphIsAFailureWithTheNodesWords() {
    try (FakeNode node = new FakeNode()) {
      String problem =
          "{\"title\":\"Not found\",\"detail\":\"no graph gx\",\"next\":\"see: un list\"}";
      node.on("GET /NF-FG/gx", 404, problem);
      assertThat(Ran.un(node, "show", "gx"))
          .isEqualTo(new Ran(CommandTree.FAILED, "", "un: no graph gx\n  next: see: un list\n"));
    }
  }

  private static Ran done(String out) {
    return new Ran(CommandTree.DONE, out, "");
  }
}
