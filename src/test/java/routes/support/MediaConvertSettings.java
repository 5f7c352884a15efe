package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests of CreateJob: their rules, and the settings that a job takes from its template. */
final class MediaConvertSettings {
    /** The only template: HLS in the size of the film, and a small one. */
    static final String TEMPLATE = "camclips-hls";
    /** The queues. */
    static final Set<String> QUEUES = Set.of("Default", "camclips");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECONDS = "SECONDS_";
    private static final Set<String> INTERVALS = Stream.concat(
                    Stream.of(10, 12, 15, 20, 30), IntStream.rangeClosed(1, 10).mapToObj(minutes -> minutes * 60))
            .map(seconds -> SECONDS + seconds)
            .collect(Collectors.toUnmodifiableSet());
    private static final Pattern ROLE = Pattern.compile("arn:aws:iam::\\d{12}:role/.+");
    private static final Pattern TOKEN = Pattern.compile("\\p{ASCII}{1,64}");
    private static final Pattern INPUT = Pattern.compile("(?s)s3://[^/]+/.+");
    private static final Pattern DESTINATION = Pattern.compile("(?s)s3://[^/]+/.*");
    private static final Pattern MODIFIER = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final Pattern KEY = Pattern.compile("[A-Fa-f0-9]{32}");
    private static final int METADATA = 256;

    private MediaConvertSettings() {}

    /** @return the ARN of a resource such as {@code queues/Default} */
    static String arn(String resource) {
        return "arn:aws:mediaconvert:" + LocalCloud.REGION + ":" + LocalCloud.ACCOUNT + ":" + resource;
    }

    /** @throws MediaConvertFaultException with NOT_FOUND if there is no such queue */
    static String queueArn(JsonNode request) {
        return arn("queues/" + known(request.path("queue").asText("Default"), "queues", QUEUES));
    }

    /**
     * @param nameOrArn of a queue or template
     * @return its name
     * @throws MediaConvertFaultException with NOT_FOUND if there is none
     */
    static String known(String nameOrArn, String resources, Set<String> names) {
        String prefix = arn(resources + "/");
        String name = nameOrArn.startsWith(prefix) ? nameOrArn.substring(prefix.length()) : nameOrArn;
        if (!names.contains(name)) {
            throw new MediaConvertFaultException(
                    MediaConvertFault.NOT_FOUND, "The " + resources + " you requested do not exist: " + nameOrArn);
        }
        return name;
    }

    static ObjectNode template() {
        ObjectNode settings = JSON.createObjectNode();
        ObjectNode group = settings.putArray("outputGroups").addObject();
        group.putObject("outputGroupSettings")
                .put("type", "HLS_GROUP_SETTINGS")
                .putObject("hlsGroupSettings")
                .put("segmentLength", 2);
        ArrayNode outputs = group.putArray("outputs");
        outputs.addObject().put("nameModifier", "_full").putObject("videoDescription");
        outputs.addObject()
                .put("nameModifier", "_small")
                .putObject("videoDescription")
                .put("width", 320)
                .put("height", 180);
        return settings;
    }

    /**
     * @param request body of CreateJob
     * @return its settings over those of the template; entries of arrays by their index
     * @throws MediaConvertFaultException if MediaConvert would refuse it
     */
    static JsonNode checked(JsonNode request) {
        require(ROLE.matcher(request.path("role").asText()).matches(), "/role: must be the ARN of a role");
        String token = request.path("clientRequestToken").asText("-");
        require(TOKEN.matcher(token).matches(), "/clientRequestToken: must have 1 to 64 characters");
        String interval = request.path("statusUpdateInterval").asText(SECONDS + 60);
        require(INTERVALS.contains(interval), "/statusUpdateInterval: should be one of " + INTERVALS);
        request.path("userMetadata")
                .properties()
                .forEach(entry -> require(
                        entry.getKey().length() <= METADATA
                                && entry.getValue().asText().length() <= METADATA,
                        "/userMetadata: keys and values have at most 256 characters"));
        queueArn(request);
        JsonNode settings = request.path("settings");
        if (request.has("jobTemplate")) {
            known(request.path("jobTemplate").asText(), "jobTemplates", Set.of(TEMPLATE));
            settings = merged(template(), settings);
        }
        check(settings);
        return settings;
    }

    private static void check(JsonNode settings) {
        String input = settings.at("/inputs/0/fileInput").asText();
        require(INPUT.matcher(input).matches(), "/inputs/0/fileInput: must be an s3 URI");
        JsonNode groups = settings.path("outputGroups");
        require(groups.size() == 1, "/outputGroups: this engine makes one");
        JsonNode group = groups.get(0).path("outputGroupSettings");
        require(
                group.path("type").asText().equals("HLS_GROUP_SETTINGS"),
                "/outputGroups/0/outputGroupSettings/type: this engine makes HLS_GROUP_SETTINGS");
        JsonNode hls = group.path("hlsGroupSettings");
        require(
                DESTINATION.matcher(hls.path("destination").asText()).matches(),
                "/outputGroups/0/outputGroupSettings/hlsGroupSettings/destination: is a required property");
        JsonNode outputs = groups.get(0).path("outputs");
        require(!outputs.isEmpty(), "/outputGroups/0/outputs: should have at least 1 items");
        for (JsonNode output : outputs) {
            require(
                    MODIFIER.matcher(output.path("nameModifier").asText()).matches(),
                    "/outputGroups/0/outputs/nameModifier: is a required property");
        }
        if (hls.has("encryption")) {
            checkEncryption(hls.get("encryption"));
        }
    }

    private static void checkEncryption(JsonNode encryption) {
        String where = "/outputGroups/0/outputGroupSettings/hlsGroupSettings/encryption";
        require(
                encryption.path("encryptionMethod").asText().equals("AES128")
                        && encryption.path("type").asText().equals("STATIC_KEY"),
                where + ": this engine encrypts with AES128 and STATIC_KEY");
        JsonNode key = encryption.path("staticKeyProvider");
        require(
                KEY.matcher(key.path("staticKeyValue").asText()).matches(),
                where + "/staticKeyProvider/staticKeyValue: should match the pattern ^[A-Za-z0-9]{32}$");
        require(!key.path("url").asText().isEmpty(), where + "/staticKeyProvider/url: is a required property");
    }

    private static JsonNode merged(JsonNode base, JsonNode over) {
        if (base instanceof ObjectNode object && over.isObject()) {
            over.properties().forEach(entry -> {
                JsonNode earlier = object.get(entry.getKey());
                object.set(entry.getKey(), earlier == null ? entry.getValue() : merged(earlier, entry.getValue()));
            });
            return object;
        }
        if (base instanceof ArrayNode array && over.isArray()) {
            for (int i = 0; i < over.size(); i++) {
                if (i < array.size()) {
                    array.set(i, merged(array.get(i), over.get(i)));
                } else {
                    array.add(over.get(i));
                }
            }
            return array;
        }
        return over;
    }

    private static void require(boolean isRight, String message) {
        if (!isRight) {
            throw new MediaConvertFaultException(MediaConvertFault.BAD_REQUEST, message);
        }
    }
}
