package io.statesync.test;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** The kit serves plain Java as well as Spring: core and the three test libraries, nothing else. */
@AnalyzeClasses(packages = "io.statesync.test", importOptions = DoNotIncludeTests.class)
class KitArchitectureTest {

    @ArchTest
    static final ArchRule theKitKnowsCoreAndTestLibrariesOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.statesync..",
                    "java..",
                    "org.slf4j..",
                    "org.jspecify.annotations",
                    "org.junit.jupiter.api..",
                    "org.assertj.core..",
                    "org.awaitility..");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(ArchCondition.from(describe(
                    "live in a @NullMarked package",
                    (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));
}
