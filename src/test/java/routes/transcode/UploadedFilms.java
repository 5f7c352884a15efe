package routes.transcode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import routes.support.FootageSpec;
import routes.transcode.hls.StreamFilms;

/** Films as people upload them, recorded once. */
public final class UploadedFilms {
    /** Of {@link #film}. */
    static final int FRAMES = 25;

    private static final Path FOLDER = folder();
    private static final byte[] FILM = recorded("film", StreamFilms.spec(), FRAMES / 25);

    private UploadedFilms() {}

    /** @return a film of a second, which differs from others by an atom that players skip */
    public static byte[] film(String mark) {
        byte[] text = mark.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(FILM.length + 8 + text.length)
                .put(FILM)
                .putInt(8 + text.length)
                .put("free".getBytes(StandardCharsets.US_ASCII))
                .put(text)
                .array();
    }

    /** @return a file that begins like a film, and is none */
    static byte[] broken() {
        return ("\0\0\0\030ftypisom" + "no film ".repeat(100)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** @return a film whose every frame has to be encoded */
    static byte[] slow(int seconds) {
        return recorded(
                "slow-" + seconds, StreamFilms.spec().withSize(320, 180).withExtra("-pix_fmt", "yuv422p"), seconds);
    }

    /** @return a film whose every frame has to be encoded, which takes minutes */
    public static byte[] endless() {
        slow(8);
        try {
            Path looped = StreamFilms.ffmpeg(
                    FOLDER.resolve("endless.mp4"),
                    "-stream_loop",
                    "100",
                    "-i",
                    FOLDER.resolve("slow-8").resolve("film.mp4").toString(),
                    "-c",
                    "copy");
            return Files.readAllBytes(looped);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] recorded(String name, FootageSpec spec, int seconds) {
        try {
            Path folder = Files.createDirectories(FOLDER.resolve(name));
            return Files.readAllBytes(StreamFilms.record(folder, spec, Duration.ofSeconds(seconds)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target"), "uploaded-films");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
