package routes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.LocalCache;
import routes.support.LocalFfmpeg;

/**
 * Two recordings of 10 minutes as written by a camera: 1080p30, H.264 High at 5 Mbit/s, closed GOPs of 60 with two
 * B-frames, AAC. They are created once in {@link LocalCache}: a minute of real pictures is encoded and repeated by
 * stream copy.
 */
record BenchFootage(Path first, Path second) {
    static final Duration LENGTH = Duration.ofMinutes(10);
    static final int FPS = 30;
    static final int GOP = 60;

    private static final int FRAMES_ENCODED = 60 * FPS;
    private static final FootageSpec SPEC = FootageSpec.standard()
            .withSize(1920, 1080)
            .withFps(FPS, 1)
            .withGop(GOP)
            .withBFrames(2)
            .withoutAudio()
            // like sensor noise; without it the picture would not need 5 Mbit/s
            .withLastFilter("noise=alls=10:allf=t")
            .withExtra("-preset", "veryfast", "-profile:v", "high", "-crf", "-1")
            .withExtra("-b:v", "4870k", "-maxrate", "5M", "-bufsize", "5M");

    static BenchFootage recorded() throws IOException, InterruptedException {
        Path cache = LocalCache.folder("bench");
        return new BenchFootage(record(cache, "first", 0), record(cache, "second", FRAMES_ENCODED));
    }

    private static Path record(Path cache, String name, long firstFrame) throws IOException, InterruptedException {
        Path recording = cache.resolve(name + ".mp4");
        if (Files.exists(recording)) {
            return recording;
        }
        System.out.println("creating " + recording);
        Path work = Files.createTempDirectory(cache, name);
        Path minute = Footage.record(work.resolve("minute.mp4"), SPEC, firstFrame, FRAMES_ENCODED, Instant.EPOCH);
        Path whole = work.resolve("whole.mp4");
        long seconds = LENGTH.toSeconds();
        Process ffmpeg = new ProcessBuilder(List.of(
                        LocalFfmpeg.path().toString(),
                        "-v",
                        "error",
                        "-stream_loop",
                        String.valueOf(seconds * FPS / FRAMES_ENCODED - 1),
                        "-i",
                        minute.toString(),
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=frequency=440:beep_factor=4:sample_rate=48000:duration=" + seconds,
                        "-c:v",
                        "copy",
                        "-c:a",
                        "aac",
                        "-b:a",
                        "128k",
                        "-movflags",
                        "+faststart",
                        whole.toString()))
                .inheritIO()
                .start();
        if (ffmpeg.waitFor() != 0) {
            throw new IllegalStateException("ffmpeg could not create " + recording);
        }
        Files.move(whole, recording, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(minute);
        Files.delete(work);
        return recording;
    }
}
