package org.universalnode.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.TemplateWriters;
import org.universalnode.catalog.trust.Publishers;
import org.universalnode.catalog.trust.UnsignedPolicy;
import org.universalnode.nffg.GraphReader;
import org.universalnode.node.config.Configuration;
import org.universalnode.node.config.InitialGraph;
import org.universalnode.node.config.Origin;
import org.universalnode.node.config.Setting;
import org.universalnode.node.upstream.UpstreamOptions;
import org.universalnode.node.upstream.Upstreams;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchDriverProvider;

/** Whether a node could run on this machine as it is told; nothing is changed to find out. */
final class Usability {
  private static final Path INTERFACES = Path.of("/sys/class/net");

  private final Configuration said;
  private final List<Problem> problems = new ArrayList<>();

  private Usability(Configuration said) {
    this.said = said;
  }

  /** All that is wrong: with what is said, and with what it names. */
  static List<Problem> problems(Configuration said) {
    Usability usability = new Usability(said);
    usability.problems.addAll(said.problems());
    usability.checkInterfaces();
    usability.checkState();
    usability.checkFunctions();
    usability.checkPublishers();
    usability.checkSwitch();
    usability.checkIdentity();
    said.graphs().forEach(usability::check);
    said.upstreams().forEach(usability::check);
    return List.copyOf(usability.problems);
  }

  private void checkInterfaces() {
    for (String name : said.texts(Setting.INTERFACES)) {
      if (!Files.exists(INTERFACES.resolve(name))) {
        wrong(
            Setting.INTERFACES,
            Problem.of(Code.UNKNOWN_REFERENCE, "there is no interface \"" + name + "\" here")
                .next("name one that \"ip link\" shows, or plug it in"));
      }
    }
  }

  /** The folder is made at the start, so that it or the nearest that exists has to be writable. */
  private void checkState() {
    Path folder = folder(Setting.STATE);
    while (!Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      wrong(
          Setting.STATE,
          Problem.of(Code.UNSUPPORTED, folder + " is no folder that can be written to")
              .next("name another, or run this as root"));
    }
  }

  private void checkFunctions() {
    Path folder = folder(Setting.FUNCTIONS);
    if (!Files.isDirectory(folder)) {
      wrong(
          Setting.FUNCTIONS,
          Problem.of(Code.NOT_FOUND, "there is no folder of functions at " + folder)
              .next("name one with --functions"));
      return;
    }
    Catalog.of(folder, writers()).problems().forEach(problem -> wrong(Setting.FUNCTIONS, problem));
  }

  /** A policy that is none is a problem of its own. */
  private TemplateWriters writers() {
    return switch (Result.of(() -> UnsignedPolicy.parse(said.text(Setting.UNSIGNED)))) {
      case Result.Done<UnsignedPolicy>(UnsignedPolicy policy) -> policy.templateWriters();
      case Result.Failed<UnsignedPolicy> _ -> TemplateWriters.OWNERS;
    };
  }

  private void checkPublishers() {
    Path folder = ConfiguredOptions.publishers(said);
    boolean named = !(said.given(Setting.PUBLISHERS).origin() instanceof Origin.Fallback);
    if (named && !Files.isDirectory(folder)) {
      wrong(
          Setting.PUBLISHERS,
          Problem.of(Code.NOT_FOUND, "there is no folder of publishers at " + folder)
              .next("make it, or name another"));
      return;
    }
    switch (Result.of(() -> Publishers.read(folder))) {
      case Result.Done<Publishers>(Publishers read) ->
          read.problems().forEach(problem -> wrong(Setting.PUBLISHERS, problem));
      case Result.Failed<Publishers>(Problem problem) -> wrong(Setting.PUBLISHERS, problem);
    }
  }

  private void check(UpstreamOptions upstream) {
    if (Upstreams.check(upstream) instanceof Result.Failed<Nothing>(Problem problem)) {
      problems.add(problem.during("upstream " + upstream.address()));
    }
  }

  private void checkIdentity() {
    ConfiguredOptions.identity(said)
        .ifPresent(
            identity -> {
              if (Result.of(identity::context) instanceof Result.Failed<SSLContext>(Problem p)) {
                wrong(Setting.TLS_CERTIFICATE, p);
              }
            });
  }

  private void checkSwitch() {
    String wanted = said.text(Setting.SWITCH);
    List<String> refusals = new ArrayList<>();
    for (SwitchDriverProvider provider : SwitchDriverProvider.installed()) {
      if (wanted.equals("auto") || wanted.equals(provider.name())) {
        switch (tried(provider)) {
          case Result.Done<Result.Nothing> _ -> {
            return;
          }
          case Result.Failed<Result.Nothing>(Problem problem) ->
              refusals.add(provider.name() + ": " + problem);
        }
      }
    }
    String reasons = refusals.isEmpty() ? "none is called so" : String.join("; ", refusals);
    wrong(
        Setting.SWITCH,
        Problem.of(Code.UNSUPPORTED, "no switch driver \"" + wanted + "\" works here: " + reasons)
            .next("run this as root; say auto, or mend what is missing"));
  }

  /** Under a name that no node has, so that one which runs is not met; it leaves nothing. */
  private static Result<Result.Nothing> tried(SwitchDriverProvider provider) {
    Result<SwitchDriver> opened =
        provider.open("check" + Long.toString(ProcessHandle.current().pid(), 36));
    return opened.flatMap(SwitchDriverProvider::removeAll);
  }

  private void check(InitialGraph graph) {
    String begin = graph.origin() + ": " + graph.file();
    try {
      GraphReader.check(InitialGraphs.document(graph)).errors().stream()
          .map(problem -> problem.during(begin + " " + problem.pointer()))
          .forEach(problems::add);
    } catch (ProblemException e) {
      problems.add(e.first().during(begin));
    }
  }

  private Path folder(Setting setting) {
    return Path.of(said.text(setting)).toAbsolutePath();
  }

  private void wrong(Setting setting, Problem problem) {
    problems.add(problem.during(said.given(setting).origin() + " (" + setting.path() + ")"));
  }
}
