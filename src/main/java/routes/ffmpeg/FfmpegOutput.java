package routes.ffmpeg;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads the output of a running ffmpeg to its end, and keeps a bounded part of it. */
final class FfmpegOutput {
    private static final int TAIL = 8 * 1024;
    private static final int LONGEST_LINE = 1024;

    private final byte[] tail = new byte[TAIL];
    private final Thread errors;
    private final Thread progress;
    private long errorBytes;
    private volatile long lastProgress = System.nanoTime();
    private String lastTime = "";

    private FfmpegOutput(Process process, Consumer<Duration> onProgress) {
        errors = thread("ffmpeg-errors", () -> readErrors(process.getErrorStream()));
        progress = thread("ffmpeg-progress", () -> readProgress(process.getInputStream(), onProgress));
    }

    /** @param onProgress receives the length of the output so far */
    static FfmpegOutput drain(Process process, Consumer<Duration> onProgress) {
        FfmpegOutput output = new FfmpegOutput(process, onProgress);
        output.errors.start();
        output.progress.start();
        return output;
    }

    void await() throws InterruptedException {
        errors.join();
        progress.join();
    }

    /** @return {@link System#nanoTime()} when its output last grew */
    long lastProgress() {
        return lastProgress;
    }

    /** @return the last 8 KiB of stderr, once {@link #await()} has returned */
    String errorTail() {
        int length = (int) Math.min(errorBytes, TAIL);
        byte[] last = new byte[length];
        for (int i = 0; i < length; i++) {
            last[i] = tail[(int) ((errorBytes - length + i) % TAIL)];
        }
        return new String(last, StandardCharsets.UTF_8);
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static Thread thread(String name, Reading reading) {
        Thread thread = new Thread(
                () -> {
                    try {
                        reading.run();
                    } catch (IOException processIsGone) {
                        return;
                    }
                },
                name);
        thread.setDaemon(true);
        return thread;
    }

    private void readErrors(InputStream in) throws IOException {
        byte[] block = new byte[TAIL];
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
            for (int i = 0; i < n; i++) {
                tail[(int) (errorBytes++ % TAIL)] = block[i];
            }
        }
    }

    private void readProgress(InputStream in, Consumer<Duration> onProgress) throws IOException {
        InputStream buffered = new BufferedInputStream(in);
        StringBuilder line = new StringBuilder();
        for (int c = buffered.read(); c >= 0; c = buffered.read()) {
            if (c != '\n') {
                if (line.length() < LONGEST_LINE) {
                    line.append((char) c);
                }
                continue;
            }
            String text = line.toString().strip();
            line.setLength(0);
            if (text.matches("out_time_us=\\d{1,15}") && !text.equals(lastTime)) {
                lastTime = text;
                lastProgress = System.nanoTime();
                onProgress.accept(Duration.ofNanos(Long.parseLong(text.substring("out_time_us=".length())) * 1000));
            }
        }
    }
}
