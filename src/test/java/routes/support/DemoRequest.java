package routes.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import routes.clip.ClipMessages;
import routes.clip.ClipRequest;

/**
 * A request of the local run.
 *
 * @param clipIds of the expected documents, at least one
 * @param outcome that is expected; null for a request from a file
 * @param message for the queue
 */
record DemoRequest(List<String> clipIds, String outcome, String message) {
    static final List<String> NAMES = List.of("available", "pending", "not-available", "out-of-range", "too-long");

    /**
     * @param choice one of {@link #NAMES}, or a file with a request in either form
     * @param border end of one recording and start of the next
     */
    static DemoRequest of(String choice, Instant border, Instant now) throws IOException {
        if (!NAMES.contains(choice)) {
            return ofFile(Path.of(choice));
        }
        ClipRequest request = named(choice, border, now);
        String outcome = "CLIP_" + choice.toUpperCase(Locale.ROOT).replace('-', '_');
        return new DemoRequest(
                List.of(request.clipId()), outcome, new ClipMessages().write(request.identity(), request.message()));
    }

    /** @return whether the run succeeded; with {@code once}, a request from a file must end with a clip */
    boolean accepts(String ended, boolean once) {
        return outcome == null ? !once || ended.equals("CLIP_AVAILABLE") : outcome.equals(ended);
    }

    /** @throws IllegalArgumentException if the choice is unknown, or its file is not a valid request */
    static void check(String choice) throws IOException {
        if (!NAMES.contains(choice)) {
            ofFile(Path.of(choice));
        }
    }

    /** @return a request that has this outcome if only footage of the last minutes exists */
    static ClipRequest named(String name, Instant border, Instant now) {
        Instant start =
                switch (name) {
                    // across the boundary of two recordings
                    case "available" -> border.minusMillis(7_300);
                    // recorded before the next check
                    case "pending" -> now.plusSeconds(20);
                    case "not-available" -> now.minus(Duration.ofHours(3));
                    case "out-of-range" -> now.minus(Duration.ofDays(4));
                    case "too-long" -> now.minus(Duration.ofHours(3));
                    default -> throw new IllegalArgumentException(name + " is not among " + NAMES);
                };
        Duration length = name.equals("too-long") ? Duration.ofSeconds(7201) : Duration.ofSeconds(20);
        return new ClipRequest("demo-" + now.toEpochMilli(), CameraApi.CAMERA_ID, start, start.plus(length), List.of());
    }

    private static DemoRequest ofFile(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("--request=" + file + " is neither a file nor among " + NAMES);
        }
        String message = Files.readString(file);
        ClipMessages messages = new ClipMessages();
        List<String> ids = messages.unwrap(message).stream()
                .map(body -> messages.read(body).clipId())
                .toList();
        return new DemoRequest(ids, null, message);
    }
}
