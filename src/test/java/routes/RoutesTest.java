package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.aws2.sns.Sns2Endpoint;
import org.apache.camel.component.aws2.sqs.Sqs2Consumer;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import routes.support.FlowTest;
import routes.support.RoutePicture;

/** Rules for all routes, as loaded. */
@FlowTest
class RoutesTest {
    @Autowired
    CamelContext camel;

    @ParameterizedTest(name = "api: {0}")
    @ValueSource(booleans = {false, true})
    void theDocumentedPicturesShowTheLoadedRoutes(boolean api) throws Exception {
        String picture = RoutePicture.of(camel, api);
        Set<String> arrows = picture.lines().map(String::strip).collect(Collectors.toSet());
        Set<String> shown = Pattern.compile("(?s)```mermaid\n(.*?)```")
                .matcher(Files.readString(Path.of("docs/routes.md")))
                .results()
                .map(found -> found.group(1).lines().map(String::strip).collect(Collectors.toSet()))
                .filter(lines -> lines.stream().anyMatch(line -> line.startsWith("REST(")) == api)
                .findFirst()
                .orElseThrow();

        assertThat(arrows).as("the generated diagram is:%n%s", picture).containsAll(shown);
        // the documented diagrams may omit arrows but not routes
        assertThat(routes(shown)).as("the generated diagram is:%n%s", picture).containsAll(routes(arrows));
    }

    private static Set<String> routes(Set<String> arrows) {
        return arrows.stream()
                .flatMap(arrow -> Stream.of(arrow.split(" --> ")))
                .filter(end -> !end.contains("("))
                .collect(Collectors.toSet());
    }

    @Test
    void everyRouteAndStepHasAnIdOfItsOwn() {
        Set<String> ids = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (RouteDefinition route : model().getRouteDefinitions()) {
            if (route.getRouteId() == null || !ids.add(route.getRouteId())) {
                wrong.add("route " + route.getRouteId());
            }
            for (ProcessorDefinition<?> step : steps(route)) {
                // routes of the same template have different prefixes
                if (step.getId() == null || !ids.add(step.getNodePrefixId() + step.getId())) {
                    wrong.add(route.getRouteId() + "/" + step.getId());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noTwoIdsDifferByAnS() {
        Set<String> ids = new HashSet<>();
        for (RouteDefinition route : model().getRouteDefinitions()) {
            ids.add(route.getRouteId());
            steps(route).forEach(step -> ids.add(step.getId()));
        }

        assertThat(ids).filteredOn(id -> ids.contains(id + "s")).isEmpty();
    }

    @Test
    void everyPolicyThatARouteNamesExists() {
        Set<String> known = new HashSet<>();
        model().getRouteConfigurationDefinitions().stream()
                .map(RouteConfigurationDefinition::getId)
                .forEach(known::add);

        for (RouteDefinition route : model().getRouteDefinitions()) {
            if (route.getRouteConfigurationId() != null) {
                assertThat(known)
                        .as("the policies of %s", route.getRouteId())
                        .contains(policies(route).split(","));
            }
        }
    }

    @Test
    void everyOperationOfTheContractButTheStreamIsARoute() throws Exception {
        Set<String> operations = Pattern.compile("operationId: (\\w+)")
                .matcher(Files.readString(Path.of("src/main/resources/openapi.yaml")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        assertThat(operations)
                .filteredOn(operation -> camel.getRoute(operation) == null)
                .containsExactly("getJobEvents");
    }

    @Test
    void aRouteThatIsNotCalledByAnotherNamesItsPolicy() {
        assertThat(model().getRouteDefinitions())
                .filteredOn(route -> !route.getInput().getEndpointUri().matches("(direct|rest-openapi):.*"))
                .isNotEmpty()
                .allSatisfy(route -> assertThat(route.getRouteConfigurationId())
                        .as(route.getRouteId())
                        .isNotNull());
    }

    @Test
    void aRouteWithoutAPolicyLeavesFailuresToItsCaller() {
        assertThat(model().getRouteDefinitions())
                .filteredOn(route -> route.getRouteConfigurationId() == null
                        && route.getInput().getEndpointUri().startsWith("direct:"))
                .isNotEmpty()
                .allSatisfy(route ->
                        assertThat(route.getErrorHandlerFactory()).isInstanceOf(NoErrorHandlerDefinition.class));
    }

    @Test
    void noRouteHasAnErrorHandlerOfItsOwnWhichHawtioCannotDraw() {
        assertThat(model().getRouteDefinitions())
                .allSatisfy(route -> assertThat(route.getErrorHandler()).isNull());
    }

    @Test
    void noRouteIsLongerThanSixtyLines() throws Exception {
        for (Path file : yaml()) {
            int length = 0;
            for (String line : Files.readAllLines(file)) {
                length = line.startsWith("- route") ? 0 : length + 1;
                assertThat(length).as("lines of a route in %s", file).isLessThanOrEqualTo(60);
            }
        }
    }

    @Test
    void everyQueueLetsOnlyTraceHeadersPass() {
        List<Sqs2Endpoint> queues = camel.getEndpoints().stream()
                .filter(Sqs2Endpoint.class::isInstance)
                .map(Sqs2Endpoint.class::cast)
                .toList();
        assertThat(queues).isNotEmpty().allSatisfy(queue -> {
            assertThat(passesIn(queue, "CamelAwsS3Key")).isFalse();
            assertThat(passesIn(queue, "CamelExecCommandExecutable")).isFalse();
            assertThat(passesIn(queue, "CamelHttpUri")).isFalse();
            assertThat(passesIn(queue, "anything")).isFalse();
            assertThat(passesIn(queue, "traceparent")).isTrue();
        });
    }

    /** Camel's default is one second, which would delay each new pod. */
    @Test
    void everyQueueIsPolledAsSoonAsItsRouteRuns() {
        assertThat(model().getRoutes().stream().map(Route::getConsumer).filter(Sqs2Consumer.class::isInstance))
                .hasSize(5)
                .allSatisfy(consumer ->
                        assertThat(((Sqs2Consumer) consumer).getInitialDelay()).isZero());
    }

    @Test
    void noTopicIsSentAHeaderOfOurs() {
        assertThat(camel.getEndpoints().stream().filter(Sns2Endpoint.class::isInstance))
                .isNotEmpty()
                .allSatisfy(e -> assertThat(((Sns2Endpoint) e)
                                .getHeaderFilterStrategy()
                                .applyFilterToCamelHeaders("SentTimestamp", "1", null))
                        .isTrue());
    }

    private static boolean passesIn(Sqs2Endpoint queue, String header) {
        return !queue.getHeaderFilterStrategy().applyFilterToExternalHeaders(header, "x", null);
    }

    private static List<Path> yaml() throws Exception {
        try (var files = Files.walk(Path.of("src/main/resources/camel"))) {
            return files.filter(
                            f -> f.toString().endsWith(".yaml") && !f.toString().contains("policies"))
                    .toList();
        }
    }

    /** All steps of a route, without the steps that its policy added. */
    private static List<ProcessorDefinition<?>> steps(ProcessorDefinition<?> parent) {
        List<ProcessorDefinition<?>> steps = new ArrayList<>();
        for (ProcessorDefinition<?> step : parent.getOutputs()) {
            boolean ofPolicy = step instanceof OnExceptionDefinition || step instanceof OnCompletionDefinition;
            if (!ofPolicy) {
                steps.add(step);
                steps.addAll(steps(step));
            }
        }
        return steps;
    }

    private String policies(RouteDefinition route) {
        String named = route.getRouteConfigurationId();
        return named.startsWith("{{")
                ? route.getTemplateParameters().get("policies").toString()
                : named;
    }

    private ModelCamelContext model() {
        return (ModelCamelContext) camel;
    }
}
