package routes.support;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Generated recordings with a number in every frame: its absolute number as a {@link Barcode} and the UTC time as a
 * clock, over a moving picture. A beep of 100 ms starts with each frame whose number is divisible by {@link
 * FootageSpec#framesPerBeep()}. Consecutive recordings continue picture and beeps.
 */
public final class Footage {
    /** Limit from the last piped frame to the finished file. */
    private static final int SECONDS_TO_END = 60;

    private Footage() {}

    /**
     * Writes one MP4 (H.264 High, moov first) with one ffmpeg process; about 1000 frames per second at 640x360.
     *
     * @param firstFrame absolute number of the first frame; a barcode shows its lowest 20 bits
     * @param frames number of frames, at least 1
     * @param clockAtFirstFrame time on the clock of the first frame
     * @return {@code out}
     * @throws IllegalStateException if ffmpeg fails, with its stderr
     */
    public static Path record(Path out, FootageSpec spec, long firstFrame, long frames, Instant clockAtFirstFrame) {
        Path said = null;
        try {
            said = Files.createTempFile("footage", ".log");
            Process ffmpeg = new ProcessBuilder(FootageCommand.of(out, spec, firstFrame, frames))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            try {
                boolean whole = draw(ffmpeg, spec, firstFrame, frames, clockAtFirstFrame);
                boolean ended = ffmpeg.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
                if (!whole || !ended || ffmpeg.exitValue() != 0) {
                    String how = ended ? "ended with " + ffmpeg.exitValue() : "does not end";
                    throw new IllegalStateException("ffmpeg " + how + ": " + Files.readString(said));
                }
            } finally {
                ffmpeg.destroyForcibly();
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot record " + out, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while recording " + out, e);
        } finally {
            delete(said);
        }
    }

    /**
     * Pipes one small gray raster per frame: one row of barcode, then the clock.
     *
     * @return false if ffmpeg ended before the last frame
     */
    private static boolean draw(Process ffmpeg, FootageSpec spec, long firstFrame, long frames, Instant clock) {
        byte[] raster = new byte[ClockFace.WIDTH * (1 + ClockFace.HEIGHT)];
        try (OutputStream pipe = new BufferedOutputStream(ffmpeg.getOutputStream(), 1 << 16)) {
            for (long i = 0; i < frames; i++) {
                Arrays.fill(raster, (byte) 0);
                Barcode.draw(firstFrame + i, raster, ClockFace.WIDTH / Barcode.CELLS);
                ClockFace.draw(clock.plus(spec.lengthOf(i)), raster, ClockFace.WIDTH);
                pipe.write(raster);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
