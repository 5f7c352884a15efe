package routes.support;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a process needs to know to work with a {@link LocalCloud}. */
final class LocalEnvironment {
    /** The SDK's service names in environment variables, and the same in its system properties. */
    private static final Map<String, String> PROPERTY_NAMES =
            Map.of("SQS", "Sqs", "S3", "S3", "DYNAMODB", "DynamoDb", "SNS", "Sns");

    private LocalEnvironment() {}

    /**
     * As environment variables.
     *
     * @param endpoints by service, named as in the SDK's environment variables
     */
    static Map<String, String> variables(Map<String, URI> endpoints, LocalResources resources) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_REGION", LocalCloud.REGION);
        variables.put("AWS_ACCESS_KEY_ID", LocalCloud.ACCESS_KEY);
        variables.put("AWS_SECRET_ACCESS_KEY", LocalCloud.SECRET_KEY);
        endpoints.forEach((service, address) -> variables.put("AWS_ENDPOINT_URL_" + service, address.toString()));
        variables.putAll(resources.settings());
        return variables;
    }

    /** As system properties: the service's settings under the same names, the SDK's under its own as well. */
    static Map<String, String> properties(Map<String, URI> endpoints, LocalResources resources) {
        Map<String, String> properties = variables(endpoints, resources);
        properties.put("aws.region", LocalCloud.REGION);
        properties.put("aws.accessKeyId", LocalCloud.ACCESS_KEY);
        properties.put("aws.secretAccessKey", LocalCloud.SECRET_KEY);
        endpoints.forEach((service, address) ->
                properties.put("aws.endpointUrl" + PROPERTY_NAMES.get(service), address.toString()));
        return properties;
    }
}
