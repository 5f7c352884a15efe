package routes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
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

    @ArchTest
    static final ArchRule jobsKnowNoClips = noClasses()
            .that()
            .resideInAnyPackage("routes.jobs", "routes.media..", "routes.failure")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("routes.clip");
}
