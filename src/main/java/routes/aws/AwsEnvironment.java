package routes.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.env.PropertyResolver;
import routes.settings.InvalidSettingException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Checks settings of the AWS SDK, which reports them late or in many lines. */
public final class AwsEnvironment {
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern URL = Pattern.compile("https?://[^\\s?#]+");
    private static final List<String> SERVICES = List.of(
            "", "_SQS", "_SNS", "_S3", "_DYNAMODB", "_KINESIS_VIDEO", "_KINESIS_VIDEO_ARCHIVED_MEDIA", "_MEDIACONVERT");

    private static final Set<String> RETRY_MODES = Set.of("legacy", "standard", "adaptive");
    private static final Pattern CLIENT = Pattern.compile("software\\.amazon\\.awssdk\\.services\\.([a-z0-9]+)\\..*");

    private AwsEnvironment() {}

    /** @return one line that names the service and the address which did not answer */
    public static String unreachable(SdkClientException failure) {
        String service = Stream.of(failure.getStackTrace())
                .map(frame -> CLIENT.matcher(frame.getClassName()))
                .filter(Matcher::matches)
                .map(client -> client.group(1).toUpperCase(Locale.ROOT))
                .findFirst()
                .orElse("AWS");
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return service + " cannot be used: " + cause.getMessage()
                + "; check AWS_ENDPOINT_URL, AWS_REGION and the credentials";
    }

    /** @return one line per missing or invalid setting */
    public static List<String> problems(PropertyResolver environment) {
        List<String> problems = new ArrayList<>();
        String given = environment.getProperty("AWS_REGION", "");
        String region = given.isEmpty() ? defaultRegion() : given;
        if (!REGION.matcher(region).matches()) {
            problems.add(InvalidSettingException.text("AWS_REGION", region, "a region such as eu-west-1"));
        }
        String retryMode = environment.getProperty("AWS_RETRY_MODE", "standard");
        if (!RETRY_MODES.contains(retryMode.toLowerCase(Locale.ROOT))) {
            problems.add(InvalidSettingException.text("AWS_RETRY_MODE", retryMode, "legacy, standard or adaptive"));
        }
        Stream<String> endpoints = SERVICES.stream().map(service -> "AWS_ENDPOINT_URL" + service);
        endpoints.forEach(name -> {
            String url = environment.getProperty(name, "");
            if (!url.isEmpty() && !URL.matcher(url).matches()) {
                problems.add(InvalidSettingException.text(name, url, "an http or https URL"));
            }
        });
        return problems;
    }

    /** @return empty if there is none in the system properties, the profile and the instance metadata */
    private static String defaultRegion() {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkClientException e) {
            return "";
        }
    }
}
