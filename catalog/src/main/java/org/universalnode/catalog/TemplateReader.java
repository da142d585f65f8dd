package org.universalnode.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.universalnode.nffg.json.Checked;
import org.universalnode.nffg.json.JsonDocument;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Reads function templates in all forms that were published: the present schema, the older one
 * ({@code uri}, {@code uri-type}, numbers and truths as strings), and figure 3 of the 2016 paper
 * ({@code uri}, {@code multitenancy}, {@code dependencies}, and little else), besides our {@code
 * description}, {@code version}, {@code image-sha256} and {@code expected}. Strict in all else:
 * nothing is guessed, dropped or let pass.
 */
public final class TemplateReader {
  private TemplateReader() {}

  /**
   * Reads one template.
   *
   * @param folder where the template is; a relative file name of an image starts there
   * @throws ProblemException with everything that is wrong with the document
   */
  public static FunctionTemplate read(String json, Path folder) {
    return check(json, folder).orThrow();
  }

  /** Like {@link #read}, for those who want the warnings too. */
  public static Checked<FunctionTemplate> check(String json, Path folder) {
    Checked<Optional<FunctionTemplate>> checked =
        JsonDocument.read(json, JsonLimits.DOCUMENT, root -> template(root, folder));
    return new Checked<>(
        checked.value().flatMap(Function.identity()),
        checked.errors(),
        checked.errorCount(),
        checked.warnings());
  }

  /** Empty only if there is a problem, which is told. */
  private static Optional<FunctionTemplate> template(JsonFields fields, Path folder) {
    Names names = Names.read(fields);
    String description = fields.parsed("description", PrintableText::description).orElse("");
    FunctionVersion version =
        fields.parsed("version", FunctionVersion::new).orElse(FunctionVersion.NONE);
    Optional<ImplementationType> type =
        fields.requiredParsed("vnf-type", ImplementationType::parse);
    Optional<ImageAddress> image = ImageReader.read(fields, folder);
    Resources resources = ResourceReader.read(fields);
    List<PortRange> ports = PortReader.read(fields);
    boolean multitenancy = fields.bool("multitenancy").orElse(false);
    List<Dependency> dependencies = DependencyReader.read(fields);
    Running running = RunningReader.read(fields);
    String extras = ExtraKeys.read(fields);
    fields.rejectUnknown();
    warnOfSilence(fields);
    return type.flatMap(
        implementation ->
            image.map(
                address ->
                    new FunctionTemplate(
                        names.name(),
                        version,
                        names.capability(),
                        description,
                        implementation,
                        address,
                        resources,
                        ports,
                        multitenancy,
                        dependencies,
                        running,
                        extras)));
  }

  /** The published schema lets a template go without a name, the paper without a capability. */
  private record Names(String name, String capability) {
    static Names read(JsonFields fields) {
      boolean named = fields.has("name");
      Optional<String> name = fields.parsed("name", PrintableText::name);
      Optional<String> capability =
          named
              ? fields.parsed("functional-capability", PrintableText::name)
              : fields.requiredParsed("functional-capability", PrintableText::name);
      return new Names(name.or(() -> capability).orElse(""), capability.or(() -> name).orElse(""));
    }
  }

  private static void warnOfSilence(JsonFields fields) {
    warnIfAbsent(fields, "memory-size", "say how much memory the function may use, in megabytes");
    warnIfAbsent(fields, "ports", "say which ports the function has, else any will do");
  }

  private static void warnIfAbsent(JsonFields fields, String key, String nextStep) {
    if (!fields.has(key)) {
      String detail = "the published key \"" + key + "\" is missing";
      fields
          .problems()
          .warn(new Problem(Code.INVALID_DOCUMENT, fields.pointer(), detail, nextStep));
    }
  }
}
