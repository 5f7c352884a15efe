package routes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
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
            // the cameras' items are no jobs
            .haveSimpleNameNotStartingWith("Camera")
            .and()
            .doNotHaveSimpleName("AwsClients")
            .and()
            .doNotHaveSimpleName("ResourceChecks")
            .and()
            .doNotHaveSimpleName("ContentKeyTable")
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

    /** From top to bottom. A package depends only on those after it, so there are no cycles. */
    private static final List<String> LAYERS = List.of(
            "start",
            "clip",
            "snapshot",
            "transcode",
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
    static final ArchRule streamsAreMadeWithoutKnowingTheJob = noClasses()
            .that()
            .resideInAPackage("routes.transcode.hls..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("routes.transcode");

    /** Only a JobType knows its type. Settings and the attributes of the table are contracts. */
    @Test
    void sharedCodeNamesNoJobType() throws IOException {
        Pattern ofClips = Pattern.compile(
                "[\"']clip[\"']|CLIP_|cameraId|[cC]lipId|clipJobs|clipQueue|direct:clip|retryTimestamps|[tT]humbnailWidth"
                        + "|[\"']transcode[\"']|direct:transcode|inputFile|transcodeQueue");
        List<Path> shared = new ArrayList<>();
        for (String folder : List.of(
                "java/routes/jobs",
                "java/routes/api",
                "java/routes/delivery",
                "java/routes/aws",
                "java/routes/failure",
                "resources/camel/jobs",
                "resources/camel/policies",
                "resources/camel/delivery")) {
            try (Stream<Path> files = Files.walk(Path.of("src/main", folder))) {
                files.filter(Files::isRegularFile).forEach(shared::add);
            }
        }
        shared.add(Path.of("src/main/resources/camel/api/jobs.camel.yaml"));

        for (Path file : shared) {
            String code = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "");
            if (file.endsWith("JobItemMapper.java")) {
                code = code.replace("RETRIES = \"retryTimestamps\"", "");
            }
            assertThat(ofClips.matcher(code).results().map(MatchResult::group))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    /** A plural hides the difference between two classes. */
    @ArchTest
    static void noTwoNamesDifferByAnS(JavaClasses classes) {
        Set<String> names = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());

        assertThat(names).filteredOn(name -> names.contains(name + "s")).isEmpty();
    }

    @ArchTest
    static final ArchRule exceptionsEndInException =
            classes().that().areAssignableTo(Throwable.class).should().haveSimpleNameEndingWith("Exception");

    @ArchTest
    static final ArchRule mp4NeedsOnlyTheJdk = classes()
            .that()
            .resideInAPackage("routes.mp4")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("routes.mp4", "java..");
}
