package routes.support;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Environment of a process that uses an AWS.
 *
 * @param aws region, credentials and endpoints, by the names of environment variables
 */
record LocalEnvironment(Map<String, String> aws) {
    /** The SDK's environment variables and the matching system properties. */
    private static final Map<String, String> PROPERTY_NAMES = Map.of(
            "AWS_REGION", "aws.region",
            "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
            "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
            "AWS_ENDPOINT_URL", "aws.endpointUrl",
            "AWS_ENDPOINT_URL_SQS", "aws.endpointUrlSqs",
            "AWS_ENDPOINT_URL_S3", "aws.endpointUrlS3",
            "AWS_ENDPOINT_URL_DYNAMODB", "aws.endpointUrlDynamoDb",
            "AWS_ENDPOINT_URL_SNS", "aws.endpointUrlSns",
            "AWS_ENDPOINT_URL_KINESIS_VIDEO", "aws.endpointUrlKinesisVideo",
            "AWS_ENDPOINT_URL_MEDIACONVERT", "aws.endpointUrlMediaConvert");

    /** @param endpoints by service, named as in the SDK's environment variables */
    static LocalEnvironment embedded(Map<String, URI> endpoints) {
        Map<String, String> aws = new LinkedHashMap<>();
        aws.put("AWS_REGION", LocalCloud.REGION);
        aws.put("AWS_ACCESS_KEY_ID", LocalCloud.ACCESS_KEY);
        aws.put("AWS_SECRET_ACCESS_KEY", LocalCloud.SECRET_KEY);
        endpoints.forEach((service, address) -> aws.put("AWS_ENDPOINT_URL_" + service, address.toString()));
        return new LocalEnvironment(aws);
    }

    /** Environment variables, including the service's settings. */
    Map<String, String> variables(LocalResources resources) {
        Map<String, String> variables = new LinkedHashMap<>(aws);
        variables.putAll(resources.settings());
        // the API listens on the loopback address only
        variables.put("API_AUTH", "off");
        return variables;
    }

    /** System properties: the service's settings under the same names, and the SDK's under its own names too. */
    Map<String, String> properties(LocalResources resources) {
        Map<String, String> properties = variables(resources);
        properties.putAll(sdkProperties());
        return properties;
    }

    Map<String, String> sdkProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        PROPERTY_NAMES.forEach((variable, property) -> {
            if (aws.containsKey(variable)) {
                properties.put(property, aws.get(variable));
            }
        });
        return properties;
    }
}
