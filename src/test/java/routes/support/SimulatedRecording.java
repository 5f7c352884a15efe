package routes.support;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * One recording of {@link CameraSimulator}, {@code [start, end)}.
 *
 * @param firstFrame absolute number of its first frame
 * @param frames number of frames
 */
public record SimulatedRecording(String alias, Instant start, Instant end, long firstFrame, long frames) {
    private static final DateTimeFormatter IN_NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    /** {@code alias.stream.20181031T025200051.mp4}, in UTC. */
    public String fileName() {
        return alias + ".stream." + IN_NAME.format(start) + ".mp4";
    }
}
