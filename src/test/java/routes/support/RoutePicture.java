package routes.support;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** The loaded routes as a Mermaid flowchart: a box per route, an arrow per call, rounded boxes for systems outside. */
public final class RoutePicture {
    private static final Map<String, String> OUTSIDE = Map.of(
            "aws2-sqs", "SQS",
            "aws2-s3", "S3",
            "aws2-sns", "SNS",
            "aws2-ddb", "jobs table",
            "exec", "ffmpeg",
            "http", "camera API",
            "https", "camera API",
            "timer", "timer");

    private static final List<String> SINKS = List.of("camera-api", "sns");
    private static final List<String> TYPES = List.of("clip", "transcode");

    private RoutePicture() {}

    /** @param api true for the routes of the REST API, false for all others */
    public static String of(CamelContext context, boolean api) {
        Set<String> lines = new LinkedHashSet<>();
        List<RouteDefinition> routes = ((ModelCamelContext) context)
                .getRouteDefinitions().stream()
                        .filter(route -> isOfApi(route) == api)
                        .sorted(Comparator.comparing(RouteDefinition::getRouteId))
                        .toList();
        Set<String> called = new HashSet<>();
        routes.forEach(route -> sends(route).forEach(to -> called.add(end(context, route, to))));
        for (RouteDefinition route : routes) {
            FromDefinition from = route.getInput();
            String start = end(context, route, from.getEndpointUri());
            if (start.equals("(rest-openapi)")) {
                continue;
            }
            if (api && !called.contains(route.getRouteId())) {
                lines.add("    " + outside("(REST)") + " --> " + route.getRouteId());
            }
            if (start.startsWith("(")) {
                lines.add("    " + outside(start) + " --> " + route.getRouteId());
            }
            for (String to : sends(route)) {
                String target = end(context, route, to);
                // a step that only jobs of another type take
                if (!target.startsWith("(") && context.getRoute(target) == null) {
                    continue;
                }
                lines.add("    " + route.getRouteId() + " --> " + (target.startsWith("(") ? outside(target) : target));
            }
        }
        return "flowchart TD\n" + String.join("\n", lines) + "\n";
    }

    private static boolean isOfApi(RouteDefinition route) {
        return route.getResource() != null && route.getResource().getLocation().contains("camel/api/");
    }

    /** @return URIs; a dynamic one is resolved for jobs of each type */
    private static List<String> sends(ProcessorDefinition<?> route) {
        List<String> uris = new ArrayList<>();
        for (ProcessorDefinition<?> step :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
            if (step instanceof SendDefinition<?> to) {
                uris.add(to.getEndpointUri());
            } else if (step instanceof ToDynamicDefinition to) {
                for (String type : TYPES) {
                    String ofType = to.getUri().replaceAll("\\$\\{variable\\.(job\\.)?type}", type);
                    SINKS.forEach(sink -> uris.add(ofType.replace("${variable.sink}", sink)));
                }
            }
        }
        return uris;
    }

    private static String end(CamelContext context, RouteDefinition route, String uri) {
        String ofTemplate = uri;
        if (route.getTemplateParameters() != null) {
            for (Map.Entry<String, Object> parameter :
                    route.getTemplateParameters().entrySet()) {
                ofTemplate = ofTemplate.replace(
                        "{{" + parameter.getKey() + "}}", parameter.getValue().toString());
            }
        }
        String resolved = context.resolvePropertyPlaceholders(ofTemplate);
        String scheme = resolved.substring(0, resolved.indexOf(':'));
        return scheme.equals("direct")
                ? resolved.substring("direct:".length()).replaceFirst("^//", "")
                : "(" + OUTSIDE.getOrDefault(scheme, scheme) + ")";
    }

    private static String outside(String name) {
        String text = name.substring(1, name.length() - 1);
        return text.replace(' ', '-') + "([" + text + "])";
    }
}
