package io.statesync.spring;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** Transports never see each other, the engine's closed classes, or Boot. */
@AnalyzeClasses(packages = "io.statesync", importOptions = SpringArchitectureTest.ThisModule.class)
class SpringArchitectureTest {

    @ArchTest
    static final ArchRule transportsDoNotSeeEachOtherButMayAllUseJsonAndDelivery = slices().matching(
                    "io.statesync.spring.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    alwaysTrue(), resideInAnyPackage("io.statesync.spring.json..", "io.statesync.spring.delivery.."));

    @ArchTest
    static final ArchRule theModuleKnowsNothingOfBoot =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.springframework.boot..");

    @ArchTest
    static final ArchRule noClassMovesIntoTheEnginesPackage =
            classes().should().resideInAPackage("io.statesync.spring..");

    @ArchTest
    static final ArchRule theEnginesClosedClassesStayClosed = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "are closed in core",
                    (JavaClass type) -> type.getPackageName().startsWith("io.statesync")
                            && !type.getPackageName().startsWith("io.statesync.spring")
                            && !type.getModifiers().contains(JavaModifier.PUBLIC)));

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(ArchCondition.from(describe(
                    "live in a @NullMarked package",
                    (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));

    /** Leaves out core, which is beside this module on the class path, as a jar or as a folder. */
    static final class ThisModule implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return location.contains("/statesync-spring/target/classes/");
        }
    }
}
