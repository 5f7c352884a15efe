package routes.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * All settings of the service. {@code application.yaml} defines the environment variable, default and meaning of each.
 * They are validated before the first bean is created; the constraint messages give the allowed values.
 * See docs/decisions/0001.
 */
@ConfigurationProperties("clips")
public record Settings(
        @Valid @NotNull Queues queue,
        @Valid @NotNull Topics topic,
        @Valid @NotNull Buckets bucket,
        @Valid @NotNull CameraApi camera,
        @Valid @NotNull Times times,
        @Valid @NotNull Names names,
        @Valid @NotNull Thumbnails thumbnails,
        @Valid @NotNull Media media,
        @Valid @NotNull Snapshot snapshot,
        @Valid @NotNull Transcode transcode,
        @Valid @NotNull MediaConvert mediaConvert,
        @Valid @NotNull Playlist playlist,
        @Valid @NotNull Jobs jobs,
        @Valid @NotNull Api api,
        @Valid @NotNull Web web,
        @Valid @NotNull Console console,
        @Valid @NotNull Server server,
        @Valid @NotNull Log log,
        @NotNull(message = "a folder, or nothing") String extraRoutes,
        @Pattern(regexp = "both|api|worker|transcoder", message = "both, api, worker or transcoder") String role,
        @Min(value = 1, message = "1 to 64 clips at once") @Max(value = 64, message = "1 to 64 clips at once")
                int workers) {
    private static final String QUEUE = "(arn:[a-z-]+:sqs:[a-z0-9-]+:\\d{12}:)?[A-Za-z0-9_-]{1,80}(\\.fifo)?";
    private static final String QUEUE_TEXT = "the name or the ARN of an SQS queue";
    private static final String NOT_FIFO = "(?!.*\\.fifo$).*";
    private static final String NOT_FIFO_TEXT = "a standard queue, since a FIFO queue delays no single message";
    private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";
    private static final String TABLE = "[A-Za-z0-9_.-]{3,255}";
    private static final String HTTP = "https?://[^\\s?#]+";

    private static final String LINK = "|https?://[^\\s#]+";

    /** @return whether MediaConvert converts films */
    public boolean usesMediaConvert() {
        return transcode.isOn() && transcode.allEngines().contains(Transcode.MEDIACONVERT);
    }

    /** @return jobs that a process of the role {@code both} works on at once */
    public int allWorkers() {
        return workers + (transcode.isOn() ? transcode.workers() : 0);
    }

    /**
     * The page at {@code /}.
     *
     * @param clientId OAuth client; empty if users paste a token
     * @param authority issuer at which users sign in; may be empty
     * @param scopes separated by blanks
     * @param logout URL at which users sign out; empty to take it from the issuer's metadata
     * @param zone IANA time zone, or empty
     * @param hawtio URL, or empty
     * @param grafana URL, or empty
     */
    public record Web(
            @NotNull(message = "on or off") Page page,
            @Pattern(regexp = "[!-~]*", message = "printable characters without blanks") String clientId,
            @Pattern(regexp = "|" + HTTP, message = "the URL of an issuer of tokens, or nothing") String authority,
            @Pattern(regexp = "[!-~]+( [!-~]+)*", message = "scopes, separated by blanks") String scopes,
            @Pattern(regexp = LINK, message = "an http or https URL, or nothing") String logout,
            @Pattern(regexp = "|[A-Za-z0-9_+/-]+", message = ZONE) String zone,
            @Pattern(regexp = LINK, message = "an http or https URL, or nothing") String hawtio,
            @Pattern(regexp = LINK, message = "an http or https URL, or nothing") String grafana) {
        /** Allowed values of a zone. */
        public static final String ZONE = "a time zone such as Europe/Amsterdam, or nothing";

        /** Whether the page is served. */
        public enum Page {
            ON,
            OFF
        }
    }

    /** @param password empty to disable the console */
    public record Console(
            @NotEmpty(message = "a name") String user,
            @Pattern(regexp = "|.{12,72}", message = "12 to 72 characters, or nothing") String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Console[" + user + "]";
        }
    }

    /**
     * @param clip name or ARN of the queue
     * @param clipUrl empty to derive it from the ARN, or to look it up by name
     * @param deadLetters name or ARN of the dead-letter queue
     * @param deadLettersUrl empty, like {@code clipUrl}
     */
    public record Queues(
            @Pattern(regexp = QUEUE, message = QUEUE_TEXT) @Pattern(regexp = NOT_FIFO, message = NOT_FIFO_TEXT)
                    String clip,
            @Pattern(regexp = "|" + HTTP, message = "the URL of the SQS queue, or nothing")
                    @Pattern(regexp = NOT_FIFO, message = NOT_FIFO_TEXT)
                    String clipUrl,
            @Pattern(regexp = QUEUE, message = QUEUE_TEXT) @Pattern(regexp = NOT_FIFO, message = NOT_FIFO_TEXT)
                    String deadLetters,
            @Pattern(regexp = "|" + HTTP, message = "the URL of the SQS queue, or nothing")
                    @Pattern(regexp = NOT_FIFO, message = NOT_FIFO_TEXT)
                    String deadLettersUrl) {}

    public record Topics(
            @Pattern(
                            regexp = "(arn:[a-z-]+:sns:[a-z0-9-]+:\\d+:)?[A-Za-z0-9_-]{1,256}",
                            message = "the name or the ARN of an SNS topic")
                    String clip) {}

    /** @param originDir key prefix of the recordings, without leading or trailing slashes; may be empty */
    public record Buckets(
            @Pattern(regexp = BUCKET, message = "the name of an S3 bucket") String origin,
            @Pattern(
                            regexp = "|[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*",
                            message = "a key prefix without slashes at its ends")
                    String originDir,
            @Pattern(regexp = BUCKET, message = "the name of an S3 bucket") String destination) {}

    /**
     * @param clipStatusPath below {@code servicesUrl}, with {@code {id}} for the clipId
     * @param clipUrl base URL of object links in notifications
     */
    public record CameraApi(
            @Pattern(regexp = HTTP, message = "an http or https URL without a query") String servicesUrl,
            @Pattern(regexp = HTTP, message = "an http or https URL without a query") String recordingsUrl,
            @Pattern(
                            regexp = CameraApi.CLIP_STATUS_PATH,
                            message = "a path such as clips/{id}, without a slash at its ends")
                    String clipStatusPath,
            @NotNull(message = "on or off") Pending clipPending,
            @Pattern(regexp = HTTP, message = "an http or https URL without a query") String clipUrl) {
        private static final String SEGMENT = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*";
        private static final String CLIP_STATUS_PATH =
                "(" + SEGMENT + "/)*(" + SEGMENT + ")?\\{id}[A-Za-z0-9._~-]*(/" + SEGMENT + ")*";

        /** Whether CLIP_PENDING is sent. */
        public enum Pending {
            ON,
            OFF
        }
    }

    /** Listen addresses of the REST API and the management endpoints; port 0 selects a free port. */
    public record Server(
            @Min(value = 0, message = PORT) @Max(value = 65_535, message = PORT) int port,
            @NotEmpty(message = ADDRESS) String address,
            @Min(value = 0, message = PORT) @Max(value = 65_535, message = PORT) int managementPort,
            @NotEmpty(message = ADDRESS) String managementAddress) {
        /** Allowed values of an address. */
        public static final String ADDRESS = "0.0.0.0 or an address of this machine";

        private static final String PORT = "a port, 1 to 65535";
    }

    /**
     * @param level name of a Logback or Python logging level, in upper or lower case
     * @param format structured JSON format; empty for plain text
     */
    public record Log(
            @Pattern(
                            regexp = "(?i)TRACE|DEBUG|INFO|WARN|ERROR|OFF|WARNING|CRITICAL|FATAL|NOTSET",
                            message = "TRACE, DEBUG, INFO, WARN, ERROR or OFF, or Python's WARNING, CRITICAL or NOTSET")
                    String level,
            @Pattern(regexp = "|ecs|gelf|logstash", message = "ecs, gelf or logstash, or nothing") String format) {}

    /** Durations in seconds. */
    public record Times(
            @Min(value = 0, message = "0 to 1209600 seconds") @Max(value = 1_209_600, message = "0 to 1209600 seconds")
                    int retryLimit,
            @Min(value = 1, message = "1 to 900 seconds") @Max(value = 900, message = "1 to 900 seconds") int retryWait,
            @Min(value = 1, message = "1 to 900 seconds") @Max(value = 900, message = "1 to 900 seconds")
                    int retryPause,
            @Min(value = 0, message = "seconds, 0 or more") int outOfRangeLimit,
            @Min(value = 1, message = "1 to 86400 seconds") @Max(value = 86_400, message = "1 to 86400 seconds")
                    int longestClip) {
        public Duration retryLimitTime() {
            return Duration.ofSeconds(retryLimit);
        }

        public Duration outOfRangeTime() {
            return Duration.ofSeconds(outOfRangeLimit);
        }

        public Duration longestClipTime() {
            return Duration.ofSeconds(longestClip);
        }
    }

    /**
     * Formats of the instant in a recording's name: strptime directives, or a Java date pattern.
     *
     * @param oldFormat also True for whole seconds, or False for seconds with a fraction
     */
    public record Names(
            @NotEmpty(message = "a date format such as %Y%m%dT%H%M%S%f") String timestampFormat,
            @NotEmpty(message = "a date format such as %Y%m%dT%H%M%S") String oldFormat) {}

    /** @param sizes widths in pixels, separated by blanks or commas, or a JSON array */
    public record Thumbnails(
            @Pattern(
                            regexp = "\\s*\\[?\\s*" + WIDTH + "((\\s*,\\s*|\\s+)" + WIDTH + "){0,31}\\s*]?\\s*",
                            message = "widths in pixels, 16 to 7999, separated by blanks or commas, or a JSON array")
                    String sizes,
            @Pattern(regexp = "png|jpg|webp", message = "png, jpg or webp") String format) {
        private static final String WIDTH = "(1[6-9]|[2-9]\\d|[1-9]\\d\\d|[1-7]\\d{3})";

        /** @return widths in pixels, in the order of the setting */
        public List<Integer> widths() {
            return Stream.of(sizes.split("[^0-9]+"))
                    .filter(width -> !width.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
        }
    }

    /**
     * @param ffmpeg a program on the PATH, or a path
     * @param scratch folder of recordings and clips in progress
     * @param scratchLimit bytes that all jobs of this process may use there; 0 for all free disk space
     * @param stall seconds without progress after which ffmpeg is killed
     * @param deadline maximum seconds of one ffmpeg run
     * @param check frames of a finished clip that are decoded to count errors
     */
    public record Media(
            @NotEmpty(message = "a program on the PATH, or a path") String ffmpeg,
            @NotNull(message = "a folder that can be written") Path scratch,
            @Min(value = 0, message = "bytes, 0 or more") long scratchLimit,
            @Min(value = 1, message = "seconds, 1 or more") int stall,
            @Min(value = 1, message = "seconds, 1 or more") int deadline,
            @NotNull(message = "off, keyframes or frames") Check check) {
        /** Frames that are decoded. */
        public enum Check {
            OFF,
            KEYFRAMES,
            FRAMES
        }
    }

    /**
     * @param stream of requests that name none; may be empty
     * @param bucket of stored snapshots
     * @param linkLife lifetime of links in seconds
     * @param accessKeyId of the bucket; empty to use the service's credentials
     * @param secretAccessKey likewise
     * @param workers maximum snapshots taken at once
     * @param reuse seconds for which an equal request gets the same snapshot
     * @param source of frames of live streams
     */
    public record Snapshot(
            @Pattern(regexp = "|[A-Za-z0-9_.-]{1,256}", message = "the name of a Kinesis Video stream, or nothing")
                    String stream,
            @Pattern(regexp = BUCKET, message = "the name of an S3 bucket") String bucket,
            @Min(value = 1, message = "1 to 604800 seconds") @Max(value = 604_800, message = "1 to 604800 seconds")
                    int linkLife,
            @Pattern(regexp = "|\\w{4,128}", message = "the id of an access key, or nothing") String accessKeyId,
            @Pattern(regexp = "|\\S+", message = "the secret of the access key, or nothing") String secretAccessKey,
            @Min(value = 1, message = "1 to 64 snapshots at once")
                    @Max(value = 64, message = "1 to 64 snapshots at once")
                    int workers,
            @Min(value = 0, message = "0 to 10 seconds") @Max(value = 10, message = "0 to 10 seconds") int reuse,
            @NotNull(message = "clip or images") Source source) {
        /** Where a frame of a live stream comes from. */
        public enum Source {
            /** The newest fragment, decoded here. */
            CLIP,
            /** The images that Kinesis Video decodes. */
            IMAGES
        }

        /** @return whether the bucket has credentials of its own */
        public boolean hasOwnCredentials() {
            return !accessKeyId.isEmpty();
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Snapshot[" + bucket + "]";
        }
    }

    /**
     * Streams from uploaded films.
     *
     * @param queue name or ARN of the queue; empty if no films are transcoded
     * @param queueUrl empty to derive it from the ARN, or to look it up by name
     * @param deadLetters name or ARN of the dead-letter queue
     * @param deadLettersUrl empty, like {@code queueUrl}
     * @param bucket of uploaded films; empty if there is no queue
     * @param outputBucket of streams
     * @param engine of films whose request names none
     * @param engines that requests may name, separated by blanks
     * @param keysTable of content keys; empty if there is no queue
     * @param workers maximum films transcoded at once
     * @param uploadLimit bytes of the largest film that gets an upload link
     * @param uploadLinkLife lifetime of upload links in seconds
     * @param ladder heights of renditions, separated by blanks
     * @param segments container of the segments
     */
    public record Transcode(
            @Pattern(regexp = "|" + QUEUE, message = QUEUE_TEXT + ", or nothing")
                    @Pattern(regexp = NOT_FIFO, message = NOT_FIFO_TEXT)
                    String queue,
            @Pattern(regexp = "|" + HTTP, message = "the URL of the SQS queue, or nothing")
                    @Pattern(regexp = NOT_FIFO, message = NOT_FIFO_TEXT)
                    String queueUrl,
            @Pattern(regexp = QUEUE, message = QUEUE_TEXT) @Pattern(regexp = NOT_FIFO, message = NOT_FIFO_TEXT)
                    String deadLetters,
            @Pattern(regexp = "|" + HTTP, message = "the URL of the SQS queue, or nothing")
                    @Pattern(regexp = NOT_FIFO, message = NOT_FIFO_TEXT)
                    String deadLettersUrl,
            @Pattern(regexp = "|" + BUCKET, message = "the name of an S3 bucket") String bucket,
            @Pattern(regexp = BUCKET, message = "the name of an S3 bucket") String outputBucket,
            @Pattern(regexp = ENGINE, message = "ffmpeg or mediaconvert") String engine,
            @Pattern(
                            regexp = ENGINE + "( " + ENGINE + ")?",
                            message = "ffmpeg, mediaconvert or both, with a blank between")
                    String engines,
            @Pattern(regexp = "|" + TABLE, message = "the name of a DynamoDB table") String keysTable,
            @Min(value = 1, message = "1 to 16 films at once") @Max(value = 16, message = "1 to 16 films at once")
                    int workers,
            @Min(value = 1, message = "1 to 5368709120 bytes")
                    @Max(value = 5_368_709_120L, message = "1 to 5368709120 bytes")
                    long uploadLimit,
            @Min(value = 60, message = "60 to 604800 seconds") @Max(value = 604_800, message = "60 to 604800 seconds")
                    int uploadLinkLife,
            @Pattern(regexp = "\\s*" + HEIGHT + "(\\s+" + HEIGHT + "){0,7}\\s*", message = HEIGHTS) String ladder,
            @NotNull(message = "fmp4 or ts") Segments segments) {
        /** Name of the engine that runs in this service. */
        public static final String FFMPEG = "ffmpeg";
        /** Name of AWS's engine. */
        public static final String MEDIACONVERT = "mediaconvert";

        private static final String ENGINE = "(" + FFMPEG + "|" + MEDIACONVERT + ")";
        private static final String HEIGHT = "(1[4-9]\\d|[2-9]\\d\\d|1\\d{3}|20\\d\\d|21[0-5]\\d|2160)";
        private static final String HEIGHTS = "one to eight heights of 140 to 2160, separated by blanks";

        /** Containers of segments. */
        public enum Segments {
            FMP4,
            TS
        }

        /** @return descending */
        public List<Integer> heights() {
            return Stream.of(ladder.strip().split("\\s+"))
                    .map(Integer::valueOf)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }

        /** @return that of films whose request names none, and those that requests may name */
        public Set<String> allEngines() {
            Set<String> all = new LinkedHashSet<>(List.of(engine));
            all.addAll(requestable());
            return all;
        }

        /** @return engines that requests may name */
        public List<String> requestable() {
            return List.of(engines.split(" "));
        }

        /** @return whether films are transcoded */
        public boolean isOn() {
            return !queue.isEmpty();
        }
    }

    /**
     * MediaConvert, if it is an engine.
     *
     * @param eventsQueue name or ARN of the queue that EventBridge fills; empty if MediaConvert is not used
     * @param eventsQueueUrl empty to derive it from the ARN, or to look it up by name
     * @param role ARN
     * @param jobTemplate name or ARN
     * @param queue name or ARN; empty for that of the template
     * @param endpointUrl empty for that of the region
     * @param path pattern of prefixes
     */
    public record MediaConvert(
            @Pattern(regexp = "|" + QUEUE, message = QUEUE_TEXT + ", or nothing")
                    @Pattern(regexp = NOT_FIFO, message = NOT_FIFO_TEXT)
                    String eventsQueue,
            @Pattern(regexp = "|" + HTTP, message = "the URL of the SQS queue, or nothing")
                    @Pattern(regexp = NOT_FIFO, message = NOT_FIFO_TEXT)
                    String eventsQueueUrl,
            @Pattern(
                            regexp = "|arn:[a-z-]+:iam::\\d{12}:role/\\S{1,512}",
                            message = "the ARN of an IAM role, or nothing")
                    String role,
            @Pattern(regexp = "|\\S(.{0,510}\\S)?", message = "the name or the ARN of a job template, or nothing")
                    String jobTemplate,
            @Pattern(
                            regexp = "|\\S(.{0,510}\\S)?",
                            message = "the name or the ARN of a queue of MediaConvert, or nothing")
                    String queue,
            @Pattern(regexp = "|" + HTTP, message = "an http or https URL without a query, or nothing")
                    String endpointUrl,
            @Pattern(
                            regexp = "SECONDS_(10|12|15|20|30|60|120|180|240|300|360|420|480|540|600)",
                            message = "SECONDS_ and 10, 12, 15, 20, 30, 60, or a multiple of 60 up to 600")
                    String statusInterval,
            @Pattern(
                            regexp = "transcodes/\\{jobId}/\\{attempt}/|\\{input}_\\{yyyyMMddHHmmss}/",
                            message = "transcodes/{jobId}/{attempt}/ or {input}_{yyyyMMddHHmmss}/")
                    String path) {
        /** @return whether prefixes are those of the earlier system */
        public boolean hasEarlierPath() {
            return path.startsWith("{input}");
        }
    }

    /**
     * Playing of streams.
     *
     * @param secret signs playlist tokens; empty for a random one
     * @param tokenLife lifetime of playlist tokens in seconds
     * @param links where the links in a playlist lead
     * @param origins of pages that may play, separated by blanks, or {@code *}; empty for none
     */
    public record Playlist(
            @Pattern(regexp = "|.{32,1024}", message = "32 or more characters, or nothing") String secret,
            @Min(value = 60, message = "60 to 86400 seconds") @Max(value = 86_400, message = "60 to 86400 seconds")
                    int tokenLife,
            @NotNull(message = "redirect or presigned") Links links,
            @Pattern(
                            regexp = "\\*?|" + ORIGIN + "( " + ORIGIN + ")*",
                            message =
                                    "origins such as https://pages.example.com, separated by blanks, or *, or nothing")
                    String origins) {
        private static final String ORIGIN = "https?://[A-Za-z0-9.:\\[\\]-]+";

        /** Links of segments and key. */
        public enum Links {
            /** To this service, which redirects. */
            REDIRECT,
            /** To the bucket. */
            PRESIGNED
        }

        /** @return {@code *} alone for all */
        public List<String> allowedOrigins() {
            return Stream.of(origins.split(" "))
                    .filter(origin -> !origin.isEmpty())
                    .toList();
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Playlist[" + links + "]";
        }
    }

    /**
     * @param sweep seconds between sweeps for due jobs
     * @param deadline maximum seconds of one attempt at a job
     * @param drain seconds that running jobs may continue after SIGTERM
     * @param keep days that ended jobs are retained in the table
     */
    public record Jobs(
            @Pattern(regexp = TABLE, message = "the name of a DynamoDB table") String table,
            @Min(value = 1, message = "1 to 300 seconds") @Max(value = 300, message = "1 to 300 seconds") int sweep,
            @Min(value = 60, message = "seconds, 60 or more") int deadline,
            @Min(value = 1, message = "1 to 43200 seconds") @Max(value = 43_200, message = "1 to 43200 seconds")
                    int drain,
            @Min(value = 15, message = "15 or more days, longer than the queues keep a message") int keep) {}

    /**
     * The REST API.
     *
     * @param issuer {@code iss} of accepted tokens; empty if only {@code jwksUrl} is set
     * @param jwksUrl URL of the issuer's keys; empty to take it from the issuer's metadata
     * @param audience accepted audiences, separated by blanks
     * @param rolesClaim names of claims; dots lead into nested ones
     * @param readRoles one of them allows reading; {@code *} for every token
     * @param writeRoles one of them allows everything else
     * @param scopePrefix prefix of {@code clips:read} and {@code clips:write} in the scopes of a token
     * @param rate sustained requests per second of one client, per process
     * @param burst maximum burst of requests of one client
     * @param openJobs maximum open jobs of one client
     * @param linkLife lifetime of presigned links in seconds
     */
    public record Api(
            @NotNull(message = "on or off") Auth auth,
            @Pattern(regexp = "|" + HTTP, message = "the URL of an issuer of tokens") String issuer,
            @Pattern(regexp = "|" + HTTP, message = "the URL of a JSON web key set") String jwksUrl,
            @Pattern(regexp = "|\\S+( \\S+)*", message = "audiences, separated by blanks") String audience,
            @Pattern(regexp = "[!-~]*", message = "printable characters without blanks") String scopePrefix,
            @Pattern(regexp = Api.WORDS, message = "claims, separated by blanks") String rolesClaim,
            @Pattern(regexp = Api.WORDS, message = "roles, separated by blanks, or *") String readRoles,
            @Pattern(regexp = Api.WORDS, message = "roles, separated by blanks, or *") String writeRoles,
            @Min(value = 1, message = "1 or more requests a second") int rate,
            @Min(value = 1, message = "1 or more requests") int burst,
            @Min(value = 1, message = "1 or more jobs") int openJobs,
            @Min(value = 60, message = "60 to 604800 seconds") @Max(value = 604_800, message = "60 to 604800 seconds")
                    int linkLife) {
        private static final String WORDS = "[!-~]+( [!-~]+)*";

        /** Whether requests require a token. */
        public enum Auth {
            ON,
            OFF
        }
    }
}
