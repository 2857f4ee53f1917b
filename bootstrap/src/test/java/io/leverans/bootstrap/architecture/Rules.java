package io.leverans.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What holds for the classes of all modules. Packages are matched wherever they are rooted, so that
 * planted ones match too.
 */
final class Rules {
  private static final String[] CORE = {"..leverans.domain..", "..leverans.application.."};

  private static final String NEW = JavaConstructor.CONSTRUCTOR_NAME;

  private static final Map<String, Set<String>> OTHER_CLOCKS =
      Map.ofEntries(
          Map.entry("java.time.Instant", Set.of("now")),
          Map.entry("java.time.LocalDate", Set.of("now")),
          Map.entry("java.time.LocalTime", Set.of("now")),
          Map.entry("java.time.LocalDateTime", Set.of("now")),
          Map.entry("java.time.ZonedDateTime", Set.of("now")),
          Map.entry("java.time.OffsetDateTime", Set.of("now")),
          Map.entry("java.time.InstantSource", Set.of("system")),
          Map.entry("java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone")),
          Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime")),
          Map.entry("java.util.Date", Set.of(NEW)),
          Map.entry("java.util.Calendar", Set.of("getInstance")),
          Map.entry("java.util.UUID", Set.of("randomUUID")),
          Map.entry("java.lang.Math", Set.of("random")),
          Map.entry("java.util.Random", Set.of(NEW)),
          Map.entry("java.util.SplittableRandom", Set.of(NEW)),
          Map.entry("java.security.SecureRandom", Set.of(NEW, "getInstanceStrong")),
          Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
          Map.entry("java.util.random.RandomGenerator", Set.of("getDefault", "of")));

  private Rules() {}

  static final ArchRule DEPENDENCIES_POINT_INWARDS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("..leverans..")
          .layer("domain")
          .definedBy("..leverans.domain..")
          .layer("ports")
          .definedBy("..leverans.application.port..", "..leverans.application.view..")
          .layer("services")
          .definedBy("..leverans.application.service..")
          .layer("web")
          .definedBy("..leverans.web..")
          .layer("mail")
          .definedBy("..leverans.mail..")
          .layer("persistence")
          .definedBy("..leverans.persistence..")
          .layer("secrets")
          .definedBy("..leverans.secrets..")
          .layer("dns")
          .definedBy("..leverans.dns..")
          .layer("bootstrap")
          .definedBy("..leverans.bootstrap..")
          .whereLayer("domain")
          .mayNotAccessAnyLayer()
          .whereLayer("ports")
          .mayOnlyAccessLayers("domain")
          .whereLayer("services")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("web")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("mail")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("persistence")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("secrets")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("dns")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .ensureAllClassesAreContainedInArchitecture()
          .because("adapters can be swapped only as long as nothing inside knows them");

  static final ArchRule THE_CORE_IS_PLAIN_JAVA =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "..leverans.domain..",
                      "..leverans.application..",
                      "java.lang..",
                      "java.util..",
                      "java.time..",
                      "org.jspecify.annotations..")
                  .or(named("java.io.InputStream"))
                  .or(named("java.io.IOException"))
                  .or(named("java.io.SequenceInputStream"))
                  .or(named("java.io.ByteArrayInputStream"))
                  .or(named("java.io.Serial"))
                  .or(named("java.net.URI")))
          .because("what is true about mail needs no library and no input or output of its own");

  static final ArchRule PROVIDERS_ARE_STRANGERS =
      slices()
          .matching("..leverans.mail.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              alwaysTrue(),
              resideInAnyPackage(
                  "..leverans.mail.mime..",
                  "..leverans.mail.report..",
                  "..leverans.mail.reply..",
                  "..leverans.mail.rules..",
                  "..leverans.mail.conversation..",
                  "..leverans.mail.oauth.."))
          .because("a provider can be left out, and a new one is covered without being named here");

  static final ArchRule SERVICES_KNOW_EACH_OTHER_ONE_WAY =
      slices()
          .matching("..leverans.application.service.(*)..")
          .should()
          .beFreeOfCycles()
          .because("what two packages know of each other can be read and changed only together");

  static final ArchRule TIME_AND_CHANCE_COME_THROUGH_PORTS =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .accessTargetWhere(asksAnotherClock())
          .because("times are the database's, and a test must be able to set them");

  static final ArchRule PORTS_SPEAK_WITHOUT_BOOLEANS =
      methods()
          .that()
          .areNotPrivate()
          .and()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("..leverans.application.port..", "..leverans.domain..")
          .and()
          .areDeclaredInClassesThat()
          .areInterfaces()
          .should(neitherTakeNorGiveABoolean())
          .because("true says nothing, and a dropped boolean is an answer lost");

  static final ArchRule COMMANDS_AND_RESULTS_HOLD_NO_BOOLEANS =
      fields()
          .that()
          .areNotStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("..leverans.application.port..", "..leverans.application.view..")
          .and()
          .areDeclaredInClassesThat()
          .areRecords()
          .should(holdNoBoolean())
          .because("a caller who reads true has to look up what it meant");

  static Stream<ArchRule> all() {
    return Stream.of(
        DEPENDENCIES_POINT_INWARDS,
        THE_CORE_IS_PLAIN_JAVA,
        PROVIDERS_ARE_STRANGERS,
        SERVICES_KNOW_EACH_OTHER_ONE_WAY,
        TIME_AND_CHANCE_COME_THROUGH_PORTS,
        PORTS_SPEAK_WITHOUT_BOOLEANS,
        COMMANDS_AND_RESULTS_HOLD_NO_BOOLEANS);
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return JavaClass.Predicates.equivalentTo(classNamed(name)).as(name);
  }

  private static Class<?> classNamed(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Method references are accesses too, though not calls. */
  private static DescribedPredicate<JavaAccess<?>> asksAnotherClock() {
    return DescribedPredicate.describe(
        "asks the machine's clock or chance",
        access ->
            OTHER_CLOCKS
                .getOrDefault(access.getTargetOwner().getName(), Set.of())
                .contains(access.getName()));
  }

  private static ArchCondition<JavaMethod> neitherTakeNorGiveABoolean() {
    return new ArchCondition<>("neither take nor give a boolean") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Stream<JavaType> spoken =
            Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream());
        if (spoken.anyMatch(Rules::saysTrueOrFalse)) {
          events.add(
              SimpleConditionEvent.violated(method, method.getFullName() + " has a boolean"));
        }
      }
    };
  }

  private static ArchCondition<JavaField> holdNoBoolean() {
    return new ArchCondition<>("hold no boolean") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        if (saysTrueOrFalse(field.getType())) {
          events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is a boolean"));
        }
      }
    };
  }

  /** Also boxed, and within an Optional or a list. */
  private static boolean saysTrueOrFalse(JavaType type) {
    return type.getAllInvolvedRawTypes().stream()
        .anyMatch(raw -> raw.isEquivalentTo(boolean.class) || raw.isEquivalentTo(Boolean.class));
  }
}
