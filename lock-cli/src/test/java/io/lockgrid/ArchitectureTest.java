package io.lockgrid;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which module may know which, and what the rules may not touch. It stands here because all modules meet here. */
class ArchitectureTest {
    private static final String RULES = "io.lockgrid.statemachine..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.lockgrid");

    @ParameterizedTest
    @CsvSource({
        "statemachine, ''",
        "testkit, statemachine",
        "http, statemachine",
        "node, http statemachine",
        "cli, node",
        "bench, statemachine",
    })
    void moduleKnowsOnlyWhatItsArrowsAllow(String module, String allowed) {
        var known = Stream.concat(Stream.of(module), Stream.of(allowed.split(" ")))
                .filter(name -> !name.isEmpty())
                .map(name -> "io.lockgrid." + name + "..")
                .toArray(String[]::new);
        check(classes()
                .that()
                .resideInAPackage("io.lockgrid." + module + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("io.lockgrid..").or(resideInAnyPackage(known))));
    }

    @Test
    void everyClassBelongsToAModule() {
        check(classes()
                .should()
                .resideInAnyPackage(
                        RULES,
                        "io.lockgrid.testkit..",
                        "io.lockgrid.http..",
                        "io.lockgrid.node..",
                        "io.lockgrid.cli..",
                        "io.lockgrid.bench.."));
    }

    @Test
    void httpNeverKnowsRatis() {
        check(noClasses()
                .that()
                .resideInAPackage("io.lockgrid.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.ratis.."));
    }

    @Test
    void rulesReadNoClock() {
        check(noRule().should()
                .dependOnClassesThat(named("java.time.Clock", "java.time.InstantSource"))
                .orShould()
                .accessTargetWhere(target(describe(
                        "now() of java.time",
                        method -> method.getName().equals("now")
                                && method.getOwner().getPackageName().equals("java.time"))))
                .orShould()
                .accessTargetWhere(target(is(System.class, "currentTimeMillis", "nanoTime"))));
    }

    @Test
    void rulesDrawNoRandomNumber() {
        check(noRule().should()
                .dependOnClassesThat(
                        named("java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom")
                                .or(resideInAPackage("java.util.random..")))
                .orShould()
                .accessTargetWhere(target(is(UUID.class, "randomUUID")))
                .orShould()
                .accessTargetWhere(target(is(Math.class, "random")))
                .orShould()
                .accessTargetWhere(target(is(System.class, "identityHashCode"))));
    }

    @Test
    void rulesStartNoThreadAndTakeNoLock() {
        check(noRule().should()
                .dependOnClassesThat(named("java.lang.Thread", "java.lang.ThreadLocal", "java.util.Timer"))
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.util.concurrent..")
                        .and(doNot(named("java.util.concurrent.CompletionStage")))));
    }

    @Test
    void rulesReachNoFileNetworkOrProcess() {
        check(noRule().should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
                        .or(describe(
                                "files of java.io",
                                type -> type.getName().matches("java\\.io\\.(RandomAccess)?File.*")))
                        .or(named("java.lang.Process", "java.lang.ProcessBuilder", "java.lang.Runtime")))
                .orShould()
                .accessTargetWhere(target(is(System.class, "getenv", "getProperty", "out", "err", "in", "exit"))));
    }

    @Test
    void rulesKeepNoCollectionOfUncertainOrder() {
        check(noRule().should()
                .accessTargetWhere(target(isAnyOf(
                        Set.of(HashMap.class, HashSet.class, IdentityHashMap.class),
                        Set.of("<init>", "newHashMap", "newHashSet"))))
                .orShould()
                .accessTargetWhere(target(isAnyOf(Set.of(Set.class, Map.class), Set.of("of", "ofEntries", "copyOf"))))
                .orShould()
                .accessTargetWhere(target(is(Collectors.class, "toSet", "toMap", "groupingBy")))
                .because("replicas would walk it in different orders: use a list, a sorted or a linked one"));
    }

    @Test
    void rulesKeepNoStaticState() {
        check(fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(resideInAPackage(RULES))
                .should()
                .beFinal());
    }

    private static GivenClassesConjunction noRule() {
        return noClasses().that().resideInAPackage(RULES);
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        return describe(
                "named " + String.join(" or ", names), type -> Set.of(names).contains(type.getName()));
    }

    private static DescribedPredicate<AccessTarget> is(Class<?> owner, String... names) {
        return isAnyOf(Set.of(owner), Set.of(names));
    }

    private static DescribedPredicate<AccessTarget> isAnyOf(Set<Class<?>> owners, Set<String> names) {
        return describe(
                "one of " + names + " of " + owners,
                access -> names.contains(access.getName())
                        && owners.stream().anyMatch(owner -> access.getOwner().isEquivalentTo(owner)));
    }
}
