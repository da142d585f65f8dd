package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What older programs and documents write, and what it is in canonical spelling. */
class SpellingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'ipv4_src':'10.0.0.1' | 'source_ip':'10.0.0.1'",
        "'ipv4_dst':'10.0.0.1' | 'dest_ip':'10.0.0.1'",
        "'ipv6_src':'2001:DB8:0::1' | 'source_ip':'2001:db8::1'",
        "'ipv6_dst':'::FFFF:1.2.3.4' | 'dest_ip':'::ffff:1.2.3.4'",
        "'source_ip':'10.1.2.3/8' | 'source_ip':'10.0.0.0/8'",
        "'source_ip':'10.1.2.3/32' | 'source_ip':'10.1.2.3'",
        "'dest_ip':'10.1.2.3/0' | 'dest_ip':'0.0.0.0/0'",
        "'source_ip':'10.1.2.3','ipv4_src_mask':'255.255.128.0' | 'source_ip':'10.1.0.0/17'",
        "'ipv4_dst_mask':'255.255.255.255','ipv4_dst':'10.1.2.3' | 'dest_ip':'10.1.2.3'",
        "'source_ip':'2001:db8:ff::','ipv6_src_mask':'ffff:fffe::' | 'source_ip':'2001:db8::/31'",
        "'ipv6_dst':'2001:db8:ff::','ipv6_dst_mask':'ffff::' | 'dest_ip':'2001::/16'",
        "'arp_spa':'10.1.2.3','arp_spa_mask':'255.0.0.0' | 'arp_spa':'10.0.0.0/8'",
        "'arp_tpa':'10.1.2.3/8' | 'arp_tpa':'10.0.0.0/8'",
        "'ip_proto':'6' | 'protocol':'6'",
        "'protocol':'0x06' | 'protocol':'6'",
        "'protocol':'0X84' | 'protocol':'132'",
        "'protocol':'tcp' | 'protocol':'6'",
        "'protocol':'UDP' | 'protocol':'17'",
        "'protocol':'Icmp' | 'protocol':'1'",
        "'protocol':'icmpv6' | 'protocol':'58'",
        "'protocol':'sctp' | 'protocol':'132'",
        "'protocol':'gre' | 'protocol':'47'",
        "'sctp_src':'1','sctp_dst':'2' | 'protocol':'132','source_port':'1','dest_port':'2'",
        "'sctp_dst':'2','protocol':'132' | 'protocol':'132','dest_port':'2'",
        "'protocol':'tcp','dest_port':'0x50' | 'protocol':'6','dest_port':'80'",
        "'vlan_priority':'3' | 'vlan_pcp':'3'",
        "'tos_bits':'0x2e' | 'ip_dscp':'46'",
        "'vlan_id':'0x25' | 'vlan_id':'37'",
        "'ether_type':'0x800' | 'ether_type':'0x0800'",
        "'ether_type':'34525' | 'ether_type':'0x86dd'",
        "'source_mac':'0A:bB:00:00:00:00' | 'source_mac':'0a:bb:00:00:00:00'",
        "'dest_mac':'ff:ff:ff:ff:ff:ff','eth_dst_mask':'01:00:00:00:00:00' |"
            + " 'dest_mac':'01:00:00:00:00:00','eth_dst_mask':'01:00:00:00:00:00'",
        "'dest_mac':'02:00:00:00:00:01','eth_dst_mask':'FF:FF:FF:FF:FF:FF' |"
            + " 'dest_mac':'02:00:00:00:00:01'",
        "'hard_timeout':'0' | 'hard_timeout':'0'"
      })
  void aMatchMayBeWrittenOtherwise(String older, String canonical) {
    assertThat(written(rule("'port_in':'endpoint:e'," + older, "{'drop':true}")))
        .isEqualTo(json(rule("'port_in':'endpoint:e'," + canonical, "{'drop':true}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'push_vlan':'0x25'} | {'push_vlan':'37'}",
        "{'pop_vlan':'true'} | {'pop_vlan':true}",
        "{'push_vlan':'1','pop_vlan':true} | {'push_vlan':'1'},{'pop_vlan':true}",
        "{'pop_vlan':true},{'drop':'false'} | {'pop_vlan':true}",
        "{'pop_vlan':true},{'drop':false,'output_to_controller':false} | {'pop_vlan':true}",
        "{'set_vlan_id':'0x7'},{'set_vlan_priority':'0x7'} |"
            + " {'set_vlan_id':'7'},{'set_vlan_priority':'7'}",
        "{'set_ethernet_src_address':'AA:00:00:00:00:00'} |"
            + " {'set_ethernet_src_address':'aa:00:00:00:00:00'}",
        "{'set_ip_src_address':'10.0.0.1/32'} | {'set_ip_src_address':'10.0.0.1'}",
        "{'set_ip_dst_address':'2001:DB8::'} | {'set_ip_dst_address':'2001:db8::'}",
        "{'set_l4_src_port':'0xff'} | {'set_l4_src_port':'255'}",
        "{'output_to_controller':'true'} | {'output_to_controller':true}"
      })
  void anActionMayBeWrittenOtherwise(String older, String canonical) {
    String match = "'port_in':'endpoint:e','vlan_id':'5'";
    String output = ",{'output_to_port':'endpoint:e'}";

    assertThat(written(rule(match, older + output)))
        .isEqualTo(json(rule(match, canonical + output)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'interface':{'interface':'eth0'} | 'type':'interface','interface':{'if-name':'eth0'}",
        "'type':'interface','interface':{'if-name':'e','node-id':''} |"
            + " 'type':'interface','interface':{'if-name':'e'}",
        "'type':'vlan','vlan':{'vlan-id':'0x19','interface':'eth1'} |"
            + " 'type':'vlan','vlan':{'vlan-id':'25','if-name':'eth1'}",
        "'type':'host-stack','host-stack':{'configuration':'STATIC','ipv4':'10.0.0.1/24'} |"
            + " 'type':'host-stack','host-stack':{'configuration':'static','IPv4':'10.0.0.1/24'}",
        "'type':'host-stack','host-stack':{'configuration':'dhcp'} |"
            + " 'type':'host-stack','host-stack':{'configuration':'DHCP'}",
        "'gre-tunnel':{'local-ip':'1.1.1.1','remote-ip':'1.1.1.2','gre-key':'0xFf','secure':false} |"
            + " 'type':'gre-tunnel','gre-tunnel':"
            + "{'local-ip':'1.1.1.1','remote-ip':'1.1.1.2','gre-key':'255'}",
        "'internal':{'internal-group':'25'} | 'type':'internal','internal':{'internal-group':'25'}",
        "'domain':'d','name':'' | 'domain':'d'",
        "'gui-position':{'y':1,'x':2} | 'gui-position':{'x':2,'y':1}"
      })
  void anEndPointMayBeWrittenOtherwise(String older, String canonical) {
    assertThat(written(graph("", "'id':'e'," + older, "")))
        .isEqualTo(json(graph("", "'id':'e'," + canonical, "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'functional-capability':'nat' | 'functional-capability':'nat','ports':[]",
        "'name':'','vnf_template':'t' | 'vnf_template':'t','ports':[]",
        "'name':'n','ports':[{'id':'a:0','mac':''}] | 'name':'n','ports':[{'id':'a:0'}]",
        "'name':'n','ports':[{'id':'a:007'}] | 'name':'n','ports':[{'id':'a:7'}]",
        "'name':'n','ports':[{'id':'a:0','trusted':false}] | 'name':'n','ports':[{'id':'a:0'}]",
        "'name':'n','unify-control':[{'host-tcp-port':'80','vnf-tcp-port':'8080'}] |"
            + " 'name':'n','ports':[],'unify-control':[{'host-tcp-port':80,'vnf-tcp-port':8080}]",
        "'name':'n','unify-control':[],'unify-env-variables':[],'configuration':{} |"
            + " 'name':'n','ports':[]",
        "'name':'n','domain':'d','description':'x','groups':['g'] |"
            + " 'name':'n','ports':[],'domain':'d','description':'x','groups':['g']"
      })
  void aFunctionMayBeWrittenOtherwise(String older, String canonical) {
    assertThat(written(graph("'id':'f'," + older, "'id':'e'", "")))
        .isEqualTo(json(graph("'id':'f'," + canonical, "'id':'e'", "")));
  }

  @Test
  void whatAGraphSaysBesidesIsKept() {
    String more = "'id':'00000001','domain':'d','unify-monitoring':'m = rtt(a)'";

    assertThat(written("{'forwarding-graph':{" + more + ",'node-config':[]}}"))
        .isEqualTo(
            json(
                "{'forwarding-graph':{"
                    + more
                    + ",'VNFs':[],'end-points':[],'big-switch':{'flow-rules':[]}}}"));
  }

  @Test
  void aRuleWithoutPriorityHasTheLowest() {
    String rule = rule("'port_in':'endpoint:e'", "{'drop':true}");

    assertThat(written(rule.replace("'priority':1,", "")))
        .isEqualTo(json(rule.replace(":1,", ":0,")));
  }

  @Test
  void theOrderOfActionsIsThatOfTheText() {
    String match = "'port_in':'endpoint:e'";
    String actions =
        "{'set_vlan_priority':'1','output_to_port':'endpoint:e','push_vlan':'2'},"
            + "{'output_to_port':'endpoint:e'}";

    assertThat(
            GraphReader.read(rule(match, actions).replace('\'', '"')).rules().getFirst().actions())
        .extracting(Action::type)
        .isEqualTo(
            List.of(
                ActionType.SET_FIELD, ActionType.OUTPUT, ActionType.PUSH_VLAN, ActionType.OUTPUT));
  }

  private static JsonElement written(String text) {
    return GraphWriter.tree(GraphReader.read(text.replace('\'', '"')));
  }

  private static JsonElement json(String text) {
    return JsonParser.parseString(text.replace('\'', '"'));
  }

  private static String rule(String match, String actions) {
    return graph(
        "",
        "'id':'e'",
        "{'id':'1','priority':1,'match':{" + match + "},'actions':[" + actions + "]}");
  }

  private static String graph(String function, String endPoint, String rule) {
    return "{'forwarding-graph':{'VNFs':["
        + (function.isEmpty() ? "" : "{" + function + "}")
        + "],'end-points':[{"
        + endPoint
        + "}],'big-switch':{'flow-rules':["
        + rule
        + "]}}}";
  }
}
