package routes.support;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.localstack.LocalStackContainer;
import org.testcontainers.containers.localstack.LocalStackContainer.Service;
import org.testcontainers.utility.DockerImageName;

/**
 * An AWS other than the embedded one, selected by the profile {@code localstack}: that of AWS_ENDPOINT_URL (or one of
 * its forms per service), otherwise LocalStack in Docker.
 */
final class OtherAws {
    /** The last version that runs without a token. */
    private static final String IMAGE = "localstack/localstack:4.14.0";

    private OtherAws() {}

    static boolean isWanted() {
        return Boolean.getBoolean("other.aws");
    }

    static boolean isThere() {
        return Found.ENVIRONMENT.isPresent();
    }

    static LocalEnvironment environment() {
        return Found.ENVIRONMENT.orElseThrow();
    }

    private static Optional<LocalEnvironment> find() {
        Map<String, String> given = new TreeMap<>(System.getenv());
        given.keySet().removeIf(name -> !name.startsWith("AWS_"));
        if (given.keySet().stream().anyMatch(name -> name.startsWith("AWS_ENDPOINT_URL"))) {
            return Optional.of(new LocalEnvironment(given));
        }
        return DockerClientFactory.instance().isDockerAvailable() ? Optional.of(localStack()) : Optional.empty();
    }

    private static LocalEnvironment localStack() {
        // stopped by Testcontainers when this JVM is gone
        LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE))
                .withServices(Service.SQS, Service.SNS, Service.S3, Service.DYNAMODB);
        container.start();
        return new LocalEnvironment(Map.of(
                "AWS_ENDPOINT_URL", container.getEndpoint().toString(),
                "AWS_REGION", container.getRegion(),
                "AWS_ACCESS_KEY_ID", container.getAccessKey(),
                "AWS_SECRET_ACCESS_KEY", container.getSecretKey()));
    }

    private static final class Found {
        private static final Optional<LocalEnvironment> ENVIRONMENT = find();
    }
}
