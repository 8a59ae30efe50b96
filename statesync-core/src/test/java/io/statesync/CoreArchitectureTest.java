package io.statesync;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** {@code policy <- root <- {state, source, memory, persistence}}, and outside only the JDK, slf4j-api and jspecify. */
@AnalyzeClasses(packages = "io.statesync", importOptions = DoNotIncludeTests.class)
class CoreArchitectureTest {

    @ArchTest
    static final ArchRule coreKnowsTheJdkSlf4jAndJspecifyOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.statesync..", "java..", "javax.crypto..", "org.slf4j..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule policyKnowsNothingOfTheRest = noClasses()
            .that()
            .resideInAPackage("io.statesync.policy")
            .should()
            .dependOnClassesThat(areInCoreOutside("io.statesync.policy"));

    @ArchTest
    static final ArchRule theRootKnowsPolicyOnly = noClasses()
            .that()
            .resideInAPackage("io.statesync")
            .should()
            .dependOnClassesThat(areInCoreOutside("io.statesync", "io.statesync.policy"));

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(ArchCondition.from(describe(
                    "live in a @NullMarked package",
                    (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));

    private static DescribedPredicate<JavaClass> areInCoreOutside(String... packages) {
        return resideInAPackage("io.statesync..").and(resideOutsideOfPackages(packages));
    }
}
