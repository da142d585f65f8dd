package org.universalnode.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which room may know which, and what no room may do. */
class HouseRulesTest {
  private static final String HOUSE = "org.universalnode.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.universalnode");

  @Test
  void everyRoomIsLookedAt() {
    assertThat(CLASSES)
        .extracting(type -> type.getPackageName().replace(HOUSE, "").replaceAll("\\..*", ""))
        .contains("problem", "nffg", "linux", "switching", "compute", "catalog", "node", "cli");
  }

  private static final List<String> APART =
      List.of(
          "switching.devices",
          "switching.ebpf",
          "switching.openvswitch",
          "compute.nativefn",
          "compute.dpdk",
          "compute.docker",
          "compute.libvirt",
          "upstream.mqtt",
          "upstream.nats");

  /** Each room with all that it may know of the house. */
  @TestFactory
  Stream<DynamicTest> dependenciesPointOneWay() {
    return Stream.of(
        room("problem"),
        room("nffg", "problem"),
        room("linux", "problem"),
        room("switching", "problem", "nffg"),
        room("switching.devices", "problem", "nffg", "linux", "switching"),
        room("switching.ebpf", "problem", "nffg", "linux", "switching", "switching.devices"),
        room("switching.openvswitch", "problem", "nffg", "linux", "switching", "switching.devices"),
        room("compute", "problem", "nffg"),
        room("compute.nativefn", "problem", "nffg", "linux", "compute"),
        room("compute.dpdk", "problem", "nffg", "linux", "compute"),
        room("compute.docker", "problem", "nffg", "linux", "compute"),
        room("compute.libvirt", "problem", "nffg", "linux", "compute"),
        room("catalog", "problem", "nffg"),
        room("upstream", "problem"),
        room("upstream.mqtt", "problem", "upstream"),
        room("upstream.nats", "problem", "upstream"),
        room("node", "problem", "nffg", "linux", "switching", "compute", "catalog", "upstream"),
        room("cli", "problem", "nffg", "catalog"));
  }

  /** Decisions 8 and 18: what is in a catalog or an archive, only the node knows. */
  @Test
  void theCommandTakesOnlyTemplatesAndSignaturesFromTheCatalog() {
    check(
        noClasses()
            .that(in("cli"))
            .should()
            .dependOnClassesThat(
                DescribedPredicate.describe(
                    "are others of the catalog",
                    type ->
                        in("catalog").test(type)
                            && !in("catalog.trust").test(type)
                            && !List.of(
                                    "TemplateReader",
                                    "TemplateWriter",
                                    "FunctionTemplate",
                                    "FunctionVersion",
                                    "ImageAddress")
                                .contains(type.getSimpleName()))));
  }

  @Test
  void packagesFormNoCycles() {
    check(slices().matching("org.universalnode.(**)").should().beFreeOfCycles());
  }

  @Test
  void theGraphLanguageDoesNoInputOrOutput() {
    check(
        noClasses()
            .that()
            .resideInAPackage(HOUSE + "nffg..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.nio.file..", "java.net..", "java.sql..", "java.lang.foreign..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|Random).*"));
  }

  @Test
  void onlyTheKernelsRoomCallsC() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(HOUSE + "linux..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign.."));
  }

  @Test
  void noRoomStartsProgramsExceptThroughTheLauncher() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder")
            .orShould()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "Runtime.exec",
                    call ->
                        call.getTarget().getName().equals("exec")
                            && call.getTargetOwner().isEquivalentTo(Runtime.class))));
  }

  @Test
  void onlyTheNodesServerListens() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(HOUSE + "node.rest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.net.httpserver.."));
  }

  @Test
  void nothingIsReflected() {
    check(noClasses().should().dependOnClassesThat().resideInAPackage("java.lang.reflect.."));
  }

  @Test
  void noStateIsStatic() {
    check(noFields().that().areStatic().should().notBeFinal());
  }

  @Test
  void namesSayWhatAThingIs() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper|Abstract[A-Z]\\w*)")
            .orShould()
            .haveNameMatching(".*\\.I[A-Z][a-z]\\w*able"));
  }

  @Test
  void methodsTakeFewParameters() {
    check(methods().that(areWrittenByHand()).should(new HaveAtMostFourParameters()));
  }

  @Test
  void driversStayBehindTheirContracts() {
    check(
        classes()
            .that()
            .resideInAnyPackage(
                HOUSE + "switching.ebpf..",
                HOUSE + "switching.openvswitch",
                HOUSE + "compute.nativefn..",
                HOUSE + "compute.dpdk..",
                HOUSE + "compute.docker..",
                HOUSE + "compute.libvirt..",
                HOUSE + "upstream.mqtt..",
                HOUSE + "upstream.nats..")
            .and()
            .haveSimpleNameNotEndingWith("Provider")
            .should()
            .notBePublic());
  }

  private static DescribedPredicate<JavaMethod> areWrittenByHand() {
    return DescribedPredicate.describe(
        "are written by hand",
        method ->
            !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !method.getName().startsWith("lambda$"));
  }

  private static final class HaveAtMostFourParameters extends ArchCondition<JavaMethod> {
    HaveAtMostFourParameters() {
      super("have at most four parameters");
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
      int count = method.getRawParameterTypes().size();
      String said = method.getFullName() + " has " + count;
      events.add(new SimpleConditionEvent(method, count <= 4, said));
    }
  }

  private static DynamicTest room(String name, String... known) {
    return DynamicTest.dynamicTest(
        name,
        () ->
            check(
                noClasses()
                    .that(in(name))
                    .should()
                    .dependOnClassesThat(
                        DescribedPredicate.describe(
                            "are of another room",
                            type ->
                                type.getPackageName().startsWith(HOUSE)
                                    && !in(name).test(type)
                                    && Stream.of(known).noneMatch(room -> in(room).test(type))))));
  }

  /** A driver's room, or that of several, is not part of the room whose contract it fulfils. */
  private static DescribedPredicate<JavaClass> in(String room) {
    return DescribedPredicate.describe(
        "are in " + room,
        type -> {
          String place =
              type.getPackageName()
                  .substring(Math.min(HOUSE.length(), type.getPackageName().length()));
          boolean inside = place.equals(room) || place.startsWith(room + ".");
          return inside && (APART.contains(room) || APART.stream().noneMatch(place::startsWith));
        });
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
