package routes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@AnalyzeClasses(packages = "routes", importOptions = ImportOption.DoNotIncludeTests.class)
class RulesTest {
    @ArchTest
    static final ArchRule onlyOneClassStartsProcesses = noClasses()
            .that()
            .doNotHaveSimpleName("FfmpegRunner")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(ProcessBuilder.class.getName())
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName(Runtime.class.getName());

    @ArchTest
    static final ArchRule onlyTheStoreWritesJobs = noClasses()
            .that()
            .resideOutsideOfPackage("routes.jobs")
            .and()
            .doNotHaveSimpleName("AwsClients")
            .and()
            .doNotHaveSimpleName("ResourceChecks")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(DynamoDbClient.class);

    @ArchTest
    static final ArchRule noBeanCallsTheNextStep = noClasses()
            .that()
            .areAnnotatedWith(Component.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProducerTemplate.class);

    /** From the top down; a package depends on those behind it only, so there is no cycle either. */
    private static final List<String> LAYERS = List.of(
            "start",
            "clip",
            "api",
            "delivery",
            "camera",
            "fetch",
            "cut",
            "ffmpeg",
            "scratch",
            "mp4",
            "jobs",
            "aws",
            "observe",
            "failure",
            "settings");

    @ArchTest
    static void packagesDependDownwards(JavaClasses classes) {
        for (int i = 1; i < LAYERS.size(); i++) {
            noClasses()
                    .that()
                    .resideInAPackage("routes." + LAYERS.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(LAYERS.subList(0, i).stream()
                            .map(layer -> "routes." + layer + "..")
                            .toArray(String[]::new))
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule mp4NeedsOnlyTheJdk = classes()
            .that()
            .resideInAPackage("routes.mp4")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("routes.mp4", "java..");
}
