package dev.siltstone.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Each rule says in {@code because} why it is one. */
class ArchitectureTest {
  private static final String ROOT = "dev.siltstone";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void vocabularyKnowsOnlyTheJdk() {
    check(
        classes()
            .that()
            .resideInAnyPackage(
                ROOT + ".failure",
                ROOT + ".identity",
                ROOT + ".record",
                ROOT + ".collection",
                ROOT + ".where",
                ROOT + ".distance")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "java..",
                "jdk.incubator.vector..",
                "org.jspecify..",
                "com.google.re2j..",
                "com.sun.management..",
                ROOT + ".failure",
                ROOT + ".identity",
                ROOT + ".record",
                ROOT + ".collection",
                ROOT + ".where",
                ROOT + ".distance")
            .because("it is shared by all functions and by every file format"));
  }

  @Test
  void awsStaysAtTheEdge() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "..aws..", ROOT + "..lambda..", ROOT + ".cdk..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "com.amazonaws..")
            .because("everything else runs in memory, in tests and in the local mode"));
  }

  @Test
  void writePathCompactionAndReadPathMeetOnlyInFiles() {
    List<String> producer = List.of(ROOT + ".ingest..");
    List<String> compactor =
        List.of(
            ROOT + ".compaction..",
            ROOT + ".lease..",
            ROOT + ".gc..",
            ROOT + ".operations..",
            ROOT + ".compactor..");
    List<String> query = List.of(ROOT + ".query..", ROOT + ".view..");
    check(apart(producer, compactor, query));
    check(apart(compactor, producer, query));
    check(apart(query, producer, compactor));
  }

  @Test
  void producersKnowNothingOfSnapshots() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + ".ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                ROOT + ".snapshot..", ROOT + ".segment..", ROOT + ".hnsw..", ROOT + ".cache..")
            .because("a write must stay correct whatever has been published"));
  }

  @Test
  void formatsDoNotKnowServices() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".delta", ROOT + ".segment..", ROOT + ".hnsw..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                ROOT + ".log..", ROOT + ".snapshot..", ROOT + ".notice..", ROOT + ".api..")
            .because("a file is read and written without any service"));
  }

  @Test
  void timeRandomnessAndEnvironmentComeInThroughConstructors() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                ROOT + ".time..",
                ROOT + "..lambda..",
                ROOT + "..aws..",
                ROOT + ".cdk..",
                ROOT + ".local..",
                ROOT + ".benchmarks..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("a failing seed must replay exactly"));
  }

  @Test
  void packagesAreFreeOfCycles() {
    check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(CLASSES.getPackage(ROOT).getSubpackagesInTree())
        .filteredOn(ArchitectureTest::hasProductionClasses)
        .isNotEmpty()
        .allMatch(pkg -> pkg.isAnnotatedWith(NullMarked.class), "is @NullMarked");
  }

  private static boolean hasProductionClasses(JavaPackage pkg) {
    return pkg.getClasses().stream().anyMatch(type -> !type.getSimpleName().equals("package-info"));
  }

  private static ArchRule apart(List<String> one, List<String> other, List<String> third) {
    return noClasses()
        .that()
        .resideInAnyPackage(one.toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(other.toArray(String[]::new))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(third.toArray(String[]::new))
        .allowEmptyShould(true)
        .because("producer, compactor and query meet in files only");
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }
}
