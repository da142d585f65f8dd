package org.universalnode.node.config;

import java.util.List;
import java.util.Map;
import org.universalnode.node.description.DescribedInterface;
import org.universalnode.node.upstream.UpstreamOptions;
import org.universalnode.problem.Problem;

/**
 * What a file says.
 *
 * @param problems all that is wrong in it; what is wrong is not among the rest
 */
record FileContent(
    Map<Setting, Given> settings,
    List<Tenant> tenants,
    List<InitialGraph> graphs,
    List<DescribedInterface> interfaces,
    List<UpstreamOptions> upstreams,
    List<Problem> problems) {
  static final FileContent NONE = of(List.of());

  FileContent {
    settings = Map.copyOf(settings);
    tenants = List.copyOf(tenants);
    graphs = List.copyOf(graphs);
    interfaces = List.copyOf(interfaces);
    upstreams = List.copyOf(upstreams);
    problems = List.copyOf(problems);
  }

  static FileContent of(List<Problem> problems) {
    return new FileContent(Map.of(), List.of(), List.of(), List.of(), List.of(), problems);
  }
}
