package routes.helm;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The rendered chart: typed Kubernetes objects, and maps for custom resources. */
final class RenderedChart {
    static final Path CHART = Path.of("helm");

    private static final Path REQUIRED = Path.of("src/test/resources/helm/required.yaml");
    private static final String RELEASE = "clips";
    private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.of(
            "ConfigMap", ConfigMap.class,
            "Deployment", Deployment.class,
            "HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
            "Ingress", Ingress.class,
            "NetworkPolicy", NetworkPolicy.class,
            "PodDisruptionBudget", PodDisruptionBudget.class,
            "Service", Service.class,
            "ServiceAccount", ServiceAccount.class);
    /** Rejects fields unknown to a type, which Kubernetes would drop. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final List<HasMetadata> typed = new ArrayList<>();
    private final Map<String, Map<String, Object>> others = new LinkedHashMap<>();

    private RenderedChart() {}

    /**
     * @param values as YAML, merged over the required ones
     * @throws IllegalStateException if the chart or its schema rejects them
     */
    static RenderedChart of(String values) throws Exception {
        Path file = Files.createTempFile("values", ".yaml");
        try {
            Files.writeString(file, values);
            RenderedChart chart = new RenderedChart();
            String yaml = new Helm(CHART)
                    .template()
                    .withName(RELEASE)
                    .withKubeVersion("1.30.0")
                    .withValuesFile(REQUIRED)
                    .withValuesFile(file)
                    .call();
            for (Object document : new Yaml().loadAll(yaml)) {
                if (document instanceof Map<?, ?> object) {
                    chart.add(object);
                }
            }
            return chart;
        } finally {
            Files.delete(file);
        }
    }

    /** @return Helm's notes after an installation with these values */
    static String notes(String values) throws Exception {
        Path file = Files.createTempFile("values", ".yaml");
        try {
            Files.writeString(file, values);
            return new Helm(CHART)
                    .install()
                    .clientOnly()
                    .dryRun()
                    .withName(RELEASE)
                    .withKubeVersion("1.30.0")
                    .withValuesFile(REQUIRED)
                    .withValuesFile(file)
                    .call()
                    .getOutput();
        } finally {
            Files.delete(file);
        }
    }

    private void add(Map<?, ?> object) {
        String kind = (String) object.get("kind");
        if (TYPES.containsKey(kind)) {
            typed.add(STRICT.convertValue(object, TYPES.get(kind)));
        } else {
            @SuppressWarnings("unchecked")
            Map<String, Object> other = (Map<String, Object>) object;
            others.put(kind, other);
            Object name = ((Map<?, ?>) other.get("metadata")).get("name");
            others.put(kind + " " + name, other);
        }
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return typed.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** @param name suffix after the release and chart names */
    <T extends HasMetadata> T one(Class<T> type, String name) {
        return all(type).stream()
                .filter(o -> o.getMetadata().getName().equals(RELEASE + "-camclips" + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }

    /** @return the last one of this kind; null if there is none */
    Map<String, Object> other(String kind) {
        return others.get(kind);
    }

    /**
     * @param name suffix after the release and chart names
     * @return null if there is none of this kind and name
     */
    Map<String, Object> other(String kind, String name) {
        return others.get(kind + " " + RELEASE + "-camclips" + name);
    }

    PodSpec pod(String role) {
        return one(Deployment.class, "-" + role).getSpec().getTemplate().getSpec();
    }

    Container container(String role) {
        return pod(role).getContainers().get(0);
    }

    /** @return the service's environment, without secrets */
    Map<String, String> environment(String role) {
        Map<String, String> environment =
                new LinkedHashMap<>(one(ConfigMap.class, "").getData());
        for (EnvVar variable : container(role).getEnv()) {
            environment.put(variable.getName(), variable.getValue());
        }
        return environment;
    }
}
