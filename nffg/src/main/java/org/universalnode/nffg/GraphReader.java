package org.universalnode.nffg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.universalnode.nffg.json.Checked;
import org.universalnode.nffg.json.JsonDocument;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.ProblemException;

/**
 * Reads a service graph from its JSON text: the formalism as it was last published, the spellings
 * that older programs and documents use for the same things, and our additions, {@code
 * configuration} of a function and the end-point type {@code vxlan}. Strict: nothing is guessed,
 * dropped or let pass.
 */
public final class GraphReader {
  /** Room for the largest graph that the counts of {@link ServiceGraph} allow. */
  public static final JsonLimits LIMITS =
      new JsonLimits(8 * JsonLimits.DOCUMENT.characters(), JsonLimits.DOCUMENT.depth());

  private static final KeptKeys KEPT =
      new KeptKeys(List.of("id", "domain", "unify-monitoring"), List.of(), List.of());

  private final Problems problems;
  private final Declarations declared = new Declarations();

  private GraphReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * The graph that the text describes.
   *
   * @throws ProblemException with all problems of the document: of syntax, then only that; else
   *     INVALID_DOCUMENT for what is written wrongly or contradicts itself, UNKNOWN_REFERENCE for
   *     what a rule names and the graph lacks, LIMIT
   */
  public static ServiceGraph read(String json) {
    return check(json).orThrow();
  }

  /** Like {@link #read}, for those who want the warnings too. */
  public static Checked<ServiceGraph> check(String json) {
    return JsonDocument.read(json, LIMITS, root -> new GraphReader(root.problems()).document(root));
  }

  private ServiceGraph document(JsonFields root) {
    ServiceGraph graph = graph(root.requiredObject("forwarding-graph"));
    root.rejectUnknown();
    return graph;
  }

  private ServiceGraph graph(JsonFields fields) {
    String name = fields.parsed("name", Identifier::name).orElse("");
    String description = fields.string("description");
    String extras = KEPT.from(fields);
    List<NetworkFunction> functions = functions(fields);
    List<EndPoint> endPoints = endPoints(fields);
    List<FlowRule> rules = fields.object("big-switch").map(this::rules).orElse(List.of());
    List<NodeSetting> settings = nodeSettings(fields);
    fields.rejectUnknown();
    return new ServiceGraph(name, description, functions, endPoints, rules, settings, extras);
  }

  private List<NetworkFunction> functions(JsonFields graph) {
    FunctionReader reader = new FunctionReader(declared, problems);
    return each(graph, "VNFs", ServiceGraph.MOST_FUNCTIONS, reader::read);
  }

  private List<EndPoint> endPoints(JsonFields graph) {
    EndPointReader reader = new EndPointReader(declared, problems);
    return each(graph, "end-points", ServiceGraph.MOST_END_POINTS, reader::read);
  }

  private List<FlowRule> rules(JsonFields bigSwitch) {
    RuleReader reader = new RuleReader(declared, problems);
    List<FlowRule> rules = each(bigSwitch, "flow-rules", ServiceGraph.MOST_RULES, reader::read);
    reader.checkOrder();
    bigSwitch.rejectUnknown();
    return rules;
  }

  private List<NodeSetting> nodeSettings(JsonFields graph) {
    List<NodeSetting> settings = new ArrayList<>();
    for (JsonFields fields : graph.objects("node-config", ServiceGraph.MOST_NODE_SETTINGS)) {
      NodeSettingReader.read(fields, declared).ifPresent(settings::add);
    }
    return settings;
  }

  private <T> List<T> each(
      JsonFields parent, String key, int most, Function<JsonFields, Optional<T>> read) {
    int before = problems.count();
    List<JsonFields> elements = parent.objects(key, most);
    if (problems.count() != before) {
      declared.incomplete();
    }
    List<T> all = new ArrayList<>();
    elements.forEach(fields -> read.apply(fields).ifPresent(all::add));
    return all;
  }
}
