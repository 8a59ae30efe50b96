package io.statesync.mutation;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** {@code store <- mutation}, and outside only the JDK, core, slf4j-api and jspecify. */
@AnalyzeClasses(packages = "io.statesync.mutation", importOptions = DoNotIncludeTests.class)
class MutationArchitectureTest {

    @ArchTest
    static final ArchRule theModuleKnowsCoreAndAFewLibrariesOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.statesync..",
                    "java..",
                    "javax.sql..",
                    "org.sqlite..",
                    "org.slf4j..",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule theStoreKnowsNothingOfTheEngine = noClasses()
            .that()
            .resideInAPackage("io.statesync.mutation.store")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.statesync.mutation");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(ArchCondition.from(describe(
                    "live in a @NullMarked package",
                    (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));
}
