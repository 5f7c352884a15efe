package routes.support;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.SpringApplication;
import routes.CamclipsApplication;

/**
 * Runs the service on this machine with everything it needs: LocalCloud, a camera that records, and one clip request.
 * {@code --once} ends after the clip; otherwise the service goes on.
 */
public final class RunLocally {
    private static final int CAMERA_PORT = 9328;

    private RunLocally() {}

    public static void main(String[] args) {
        boolean once = List.of(args).contains("--once");
        try {
            run(once);
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

    private static void run(boolean once) throws Exception {
        System.setProperty("FFMPEG", LocalFfmpeg.path().toString());
        LocalCloud cloud = LocalCloud.start(LocalCloud.Ports.fixed());
        cloud.exportToSystemProperties();
        CameraApi cameras = new CameraApi(CAMERA_PORT);
        System.setProperty("CAM_SERVICES_URL", cameras.baseUrl().toString());
        System.setProperty("CLIP_URL", "https://clips.example.com");
        System.setProperty("CLIP_DOWNLOAD_DEST", "target/scratch");
        say("a camera records, and recorded the last five minutes …");
        CameraSimulator camera =
                new CameraSimulator(cloud.s3(), cloud.resources().originBucket(), LocalResources.ORIGIN_DIR, cameras);
        camera.start();
        SpringApplication.run(CamclipsApplication.class);
        DemoClip demo = new DemoClip(cloud);
        // across the border of two recordings
        Instant start = camera.recordings().get(1).start().minusMillis(7_300);
        demo.request(start, start.plus(Duration.ofSeconds(20)));
        demo.show();
        if (!once) {
            say("serving on http://127.0.0.1:8080, health on http://127.0.0.1:9876/observe/health; end with Ctrl-C");
        }
    }

    /** Whether the service has said itself why it cannot start. */
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
