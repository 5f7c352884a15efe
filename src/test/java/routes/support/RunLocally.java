package routes.support;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.Environment;
import org.springframework.util.FileSystemUtils;
import routes.CamclipsApplication;
import routes.camera.RecordingNames;

/**
 * Runs the service on this machine with LocalCloud, a camera that records, and one clip request. {@code --once} ends
 * after the clip; otherwise a film is uploaded, and the service keeps running. {@code --request=} is one of {@link DemoRequest#NAMES}, or a
 * file with a request in either form. {@code --auth} starts an issuer of tokens and prints one; the REST API then
 * requires a token. {@code --engine=mediaconvert} lets MediaConvert make streams. {@code --footage=} is a folder of films,
 * see {@link OwnFootage}.
 */
public final class RunLocally {
    private static final String REQUEST = "--request=";
    private static final String ENGINE = "--engine=";
    private static final String FOOTAGE = "--footage=";
    private static final String SAMPLE = "uploads/sample.mp4";
    private static final String RETENTION = "OUT_OF_RANGE_LIMIT";

    private RunLocally() {}

    public static void main(String[] args) {
        List<String> options = List.of(args);
        boolean once = options.contains("--once");
        try {
            value(options, ENGINE).ifPresent(engine -> System.setProperty("TRANSCODE_ENGINE", engine));
            run(once, options.contains("--auth"), value(options, REQUEST).orElse("available"), footage(options));
        } catch (Exception e) {
            if (!isReported(e)) {
                say("the local run failed: " + e.getMessage());
            }
            System.exit(1);
        }
        if (once) {
            System.exit(0);
        }
    }

    /** @param footage null if there is none */
    private static void run(boolean once, boolean auth, String request, OwnFootage footage) throws Exception {
        DemoRequest.check(request);
        LocalPorts.requireFree(port("SERVER_PORT", 8080), port("MANAGEMENT_PORT", 9876));
        System.setProperty("FFMPEG", LocalFfmpeg.path().toString());
        LocalCloud cloud = LocalCloud.start(LocalCloud.Ports.fixed());
        cloud.exportToSystemProperties();
        // it logs a stack trace for every failed conditional write, and some always fail
        System.setProperty("logging.level.software.amazon.dynamodb", "ERROR");
        CameraApi cameras = new CameraApi(LocalPorts.CAMERA_API);
        System.setProperty("CAM_SERVICES_URL", cameras.baseUrl().toString());
        System.setProperty("CLIP_URL", "https://clips.example.com");
        System.setProperty("CLIP_DOWNLOAD_DEST", "target/scratch");
        String token = auth ? token() : null;
        say("a camera records, and recorded the last five minutes …");
        CameraSimulator camera =
                new CameraSimulator(cloud.s3(), cloud.resources().originBucket(), LocalResources.ORIGIN_DIR, cameras);
        camera.start();
        cloud.kinesisVideo().show(camera);
        if (footage != null) {
            footage.serve(cloud.s3(), cloud.resources().originBucket(), LocalResources.ORIGIN_DIR, cameras);
            keep(footage);
        }
        Environment service = SpringApplication.run(CamclipsApplication.class).getEnvironment();
        URI api = URI.create("http://127.0.0.1:" + service.getProperty("local.server.port"));
        if (footage != null) {
            announce(footage, new ApiClient(api, token), api);
        }
        show(cloud, DemoRequest.of(request, camera.recordings().get(1).start(), Instant.now()), once);
        if (!once) {
            upload(cloud, camera.recordings().get(0), api);
            if (auth) {
                say("token for the API, valid for eight hours: " + token);
            }
            say("serving on " + api + " (the page; see also /docs), health on http://127.0.0.1:"
                    + service.getProperty("local.management.port") + "/observe/health; stop with Ctrl-C");
        }
    }

    /** Uploads a recording as a film, which the bucket reports to the queue of transcodes. */
    private static void upload(LocalCloud cloud, SimulatedRecording recording, URI api) {
        LocalResources resources = cloud.resources();
        cloud.s3().copyObject(r -> r.sourceBucket(resources.originBucket())
                .sourceKey(LocalResources.ORIGIN_DIR + "/" + recording.fileName())
                .destinationBucket(resources.uploadBucket())
                .destinationKey(SAMPLE));
        say("uploaded " + SAMPLE + ", which becomes a stream: " + api + "/jobs?inputFile=" + SAMPLE);
    }

    /** @return the value of a variable; the default if it is not a port, which the service reports itself */
    private static int port(String variable, int standard) {
        String value = System.getenv().getOrDefault(variable, "");
        return value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535 ? Integer.parseInt(value) : standard;
    }

    /** Starts a token issuer and requires its tokens in the API. */
    private static String token() throws Exception {
        TokenIssuer issuer = new TokenIssuer();
        System.setProperty("API_AUTH", "on");
        System.setProperty("JWT_ISSUER", issuer.url().toString());
        System.setProperty("JWT_AUDIENCE", TokenIssuer.AUDIENCE);
        return issuer.token("demo");
    }

    private static Optional<String> value(List<String> options, String name) {
        return options.stream()
                .filter(option -> option.startsWith(name))
                .map(option -> option.substring(name.length()))
                .findFirst();
    }

    private static OwnFootage footage(List<String> options) throws IOException {
        String folder = value(options, FOOTAGE).orElse(null);
        if (folder == null) {
            return null;
        }
        if (folder.isBlank()) {
            throw new IllegalArgumentException(FOOTAGE + " must name a folder");
        }
        OwnFootage footage = OwnFootage.read(Path.of(folder), new RecordingNames(TestSettings.defaults()));
        footage.unusable().forEach(line -> say("cannot be used: " + line));
        if (footage.films().isEmpty()) {
            throw new IllegalArgumentException(FOOTAGE + folder + " has no film that can be used");
        }
        return footage;
    }

    /** Films are older than recordings usually become. */
    private static void keep(OwnFootage footage) {
        if (System.getenv(RETENTION) == null) {
            Duration age = Duration.between(footage.oldest(), Instant.now()).plusDays(365);
            System.setProperty(RETENTION, Long.toString(age.toSeconds()));
        }
    }

    /** Prints where the films of each camera are on the page, which lists cameras that were asked for. */
    private static void announce(OwnFootage footage, ApiClient api, URI page) {
        for (List<OwnFootage.Film> films : footage.byCamera()) {
            OwnFootage.Film last = films.get(films.size() - 1);
            String interval = "start=" + last.start() + "&end=" + last.end();
            api.get("/cameras/" + last.cameraId() + "/coverage?" + interval);
            say("camera " + last.cameraId() + ", recordings: " + films.size() + ", the last one: " + page + "/#camera="
                    + last.cameraId() + "&from=" + last.start() + "&to=" + last.end());
        }
    }

    private static void show(LocalCloud cloud, DemoRequest request, boolean once) throws IOException {
        FileSystemUtils.deleteRecursively(DemoClip.FOLDER);
        new ClipClient(cloud, cloud.resources()).send(request.message());
        say("sent to the queue " + cloud.resources().queue() + ": " + request.message());
        for (String clipId : request.clipIds()) {
            String outcome = new DemoClip(cloud, clipId).show(once);
            if (!request.accepts(outcome, once)) {
                throw new IllegalStateException(clipId + " ended with " + outcome);
            }
        }
    }

    /** Whether the service has already reported why it cannot start. */
    private static boolean isReported(Exception e) {
        for (StackTraceElement frame : e.getStackTrace()) {
            if (frame.getClassName().equals(SpringApplication.class.getName())) {
                return true;
            }
        }
        return false;
    }

    static void say(String line) {
        System.out.println(line);
    }
}
