package routes.support;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.Environment;
import org.springframework.util.FileSystemUtils;
import routes.CamclipsApplication;

/**
 * Runs the service on this machine with LocalCloud, a camera that records, and one clip request. {@code --once} ends
 * after the clip; otherwise the service keeps running. {@code --request=} is one of {@link DemoRequest#NAMES}, or a
 * file with a request in either form. {@code --auth} starts an issuer of tokens and prints one; the REST API then
 * requires a token.
 */
public final class RunLocally {
    private static final String REQUEST = "--request=";

    private RunLocally() {}

    public static void main(String[] args) {
        List<String> options = List.of(args);
        boolean once = options.contains("--once");
        try {
            run(once, options.contains("--auth"), request(options));
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

    private static void run(boolean once, boolean auth, String request) throws Exception {
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
        Environment service = SpringApplication.run(CamclipsApplication.class).getEnvironment();
        show(cloud, DemoRequest.of(request, camera.recordings().get(1).start(), Instant.now()), once);
        if (!once) {
            if (auth) {
                say("token for the API, valid for eight hours: " + token);
            }
            say("serving on http://127.0.0.1:" + service.getProperty("local.server.port")
                    + " (see /docs and /jobs), health on http://127.0.0.1:"
                    + service.getProperty("local.management.port") + "/observe/health; stop with Ctrl-C");
        }
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

    private static String request(List<String> options) {
        return options.stream()
                .filter(option -> option.startsWith(REQUEST))
                .map(option -> option.substring(REQUEST.length()))
                .findFirst()
                .orElse("available");
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
