package routes.start;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.metadata.PropertyDescriptor;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import routes.aws.AwsEnvironment;
import routes.settings.InvalidSettingException;
import routes.settings.Settings;

/**
 * Validates all settings before the first bean is defined, so that startup reports all invalid ones at once. Otherwise
 * Spring conditions read some of them earlier and fail without naming them.
 */
class SettingsCheck implements ApplicationListener<ApplicationContextInitializedEvent> {
    private static final String PREFIX = "clips";
    private static final String SINCE_ENGINE = ", since mediaconvert is an engine";
    /** Settings that MediaConvert requires, in the order of their report, and what each must be. */
    private static final Map<String, String> OF_MEDIA_CONVERT = requiredByMediaConvert();

    private Environment environment;
    private SettingNames names;
    private List<String> problems;

    private static Map<String, String> requiredByMediaConvert() {
        Map<String, String> required = new LinkedHashMap<>();
        required.put("clips.media-convert.events-queue", "the name or the ARN of an SQS queue");
        required.put("clips.media-convert.role", "the ARN of an IAM role");
        required.put("clips.media-convert.job-template", "the name or the ARN of a job template");
        return required;
    }

    @Override
    public void onApplicationEvent(ApplicationContextInitializedEvent event) {
        check(event.getApplicationContext().getEnvironment());
    }

    /** @throws InvalidSettingException if settings are missing or invalid; its message names all of them */
    void check(Environment checked) {
        environment = checked;
        names = new SettingNames(checked);
        problems = new ArrayList<>();
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            check(validators.getValidator(), Settings.class, PREFIX);
        }
        checkAuthentication();
        checkCredentials();
        checkTranscodes();
        checkZone("clips.web.zone");
        checkAddress("clips.server.address");
        checkAddress("clips.server.management-address");
        problems.addAll(AwsEnvironment.problems(environment));
        if (!problems.isEmpty()) {
            throw new InvalidSettingException(String.join("; ", problems));
        }
    }

    private void check(Validator validator, Class<?> group, String prefix) {
        for (RecordComponent component : group.getRecordComponents()) {
            String property = prefix + "." + SettingNames.kebab(component.getName());
            if (component.getType().isRecord()) {
                check(validator, component.getType(), property);
            } else if (!names.isDerived(property)) {
                check(validator, component, property);
            }
        }
    }

    private void check(Validator validator, RecordComponent component, String property) {
        Class<?> group = component.getDeclaringRecord();
        Object value;
        try {
            value = Binder.get(environment)
                    .bind(property, Bindable.of(component.getType()))
                    .orElse(null);
        } catch (BindException e) {
            PropertyDescriptor constraints =
                    validator.getConstraintsForClass(group).getConstraintsForProperty(component.getName());
            add(
                    property,
                    constraints.getConstraintDescriptors().iterator().next().getMessageTemplate());
            return;
        }
        validator
                .validateValue(group, component.getName(), value)
                .forEach(violation -> add(property, allowed(property, violation.getMessage())));
    }

    private void checkAuthentication() {
        String auth = names.value("clips.api.auth");
        if (auth.equalsIgnoreCase("off")) {
            // an unknown address is reported by itself
            boolean open = address(names.value("clips.server.address"))
                    .filter(address -> !address.isLoopbackAddress())
                    .isPresent();
            if (open) {
                add("clips.api.auth", "on, unless SERVER_ADDRESS is a loopback address");
            }
        } else if (auth.equalsIgnoreCase("on")) {
            if (names.value("clips.api.issuer").isEmpty()
                    && names.value("clips.api.jwks-url").isEmpty()) {
                add(
                        "clips.api.issuer",
                        "the URL of an issuer of tokens, unless JWT_JWKS_URL is set or API_AUTH is off");
            }
            if (names.value("clips.api.audience").isEmpty()) {
                add("clips.api.audience", "the audience of the tokens, unless API_AUTH is off");
            }
        }
    }

    private void checkCredentials() {
        String secret = "clips.snapshot.secret-access-key";
        if (names.value("clips.snapshot.access-key-id").isEmpty()
                != names.value(secret).isEmpty()) {
            add(secret, "set together with SNAPSHOT_S3_ACCESS_KEY_ID");
        }
    }

    private void checkTranscodes() {
        if (names.value("clips.transcode.queue").isEmpty()) {
            return;
        }
        if (names.value("clips.transcode.bucket").isEmpty()) {
            add("clips.transcode.bucket", "the name of an S3 bucket, since TRANSCODE_QUEUE is set");
        }
        if (names.value("clips.transcode.keys-table").isEmpty()) {
            add("clips.transcode.keys-table", "the name of a DynamoDB table, since TRANSCODE_QUEUE is set");
        }
        if (usesMediaConvert()) {
            checkMediaConvert();
        }
    }

    private boolean usesMediaConvert() {
        String engines = names.value("clips.transcode.engine") + " " + names.value("clips.transcode.engines");
        return !names.value("clips.transcode.queue").isEmpty() && engines.contains(Settings.Transcode.MEDIACONVERT);
    }

    /** @return what an invalid setting must be, which is never nothing while it is required */
    private String allowed(String property, String inGeneral) {
        return OF_MEDIA_CONVERT.containsKey(property) && usesMediaConvert()
                ? inGeneral.replaceFirst(", or nothing$", SINCE_ENGINE)
                : inGeneral;
    }

    private void checkMediaConvert() {
        OF_MEDIA_CONVERT.forEach(this::require);
        boolean isBelowTranscodes = names.value("clips.media-convert.path").startsWith("transcodes/");
        String bucket = names.value("clips.transcode.output-bucket");
        // otherwise each stored segment would be reported as an uploaded film
        if (!isBelowTranscodes && bucket.equals(names.value("clips.transcode.bucket"))) {
            add(
                    "clips.media-convert.path",
                    "transcodes/{jobId}/{attempt}/, since OUTPUT_BUCKET and TRANSCODE_BUCKET are the same bucket");
        }
    }

    private void require(String property, String allowed) {
        if (names.value(property).isEmpty()) {
            add(property, allowed + SINCE_ENGINE);
        }
    }

    private void checkZone(String property) {
        String zone = names.value(property);
        // one of another form is reported by itself
        if (zone.matches("[A-Za-z0-9_+/-]+") && !ZoneId.getAvailableZoneIds().contains(zone)) {
            add(property, Settings.Web.ZONE);
        }
    }

    private void checkAddress(String property) {
        String address = names.value(property);
        if (!address.isEmpty()
                && address(address).filter(SettingsCheck::isOfThisMachine).isEmpty()) {
            add(property, Settings.Server.ADDRESS);
        }
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(InetAddress.getByName(text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private void add(String property, String allowed) {
        String variable = names.variable(property);
        problems.add(
                property.matches(".*\\.(password|secret|secret-access-key)")
                        ? variable + ", which is not shown, must be " + allowed
                        : InvalidSettingException.text(variable, names.value(property), allowed));
    }
}
