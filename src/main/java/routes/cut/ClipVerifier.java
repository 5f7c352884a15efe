package routes.cut;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.NalUnits;
import routes.mp4.PackedLongColumn;
import routes.mp4.SampleSequence;
import routes.mp4.Samples;
import routes.mp4.Track;

/**
 * Reads a muxed clip back from its first byte, as a player does, and compares it with the plan.
 * See docs/decisions/0011.
 */
final class ClipVerifier {
    private ClipVerifier() {}

    /**
     * @param whole whether no frame was lost
     * @throws ClipVerificationException if the clip differs from the plan or a sample is incomplete
     */
    static void check(Path clip, SampleSequence planned, boolean whole) throws IOException, ClipVerificationException {
        try {
            PackedLongColumn times = planned.sortedTimes();
            if ((whole && times.get(0) != 0) || hasDoubles(times)) {
                throw new ClipVerificationException("the clip does not start at 0, or has two frames at the same time");
            }
            Track video =
                    Movie.readVideo(clip).orElseThrow(() -> new ClipVerificationException("the clip has no picture"));
            Samples samples = video.samples();
            if (samples.count() != planned.count()
                    || IntStream.range(0, planned.count()).anyMatch(i -> samples.time(i) != planned.time(i))) {
                throw new ClipVerificationException("the frame times of the clip differ from the plan");
            }
            checkSamples(clip, video);
        } catch (MalformedMp4Exception e) {
            throw new ClipVerificationException(e.getMessage());
        }
    }

    private static boolean hasDoubles(PackedLongColumn sorted) {
        return IntStream.range(1, sorted.count()).anyMatch(i -> sorted.get(i) == sorted.get(i - 1));
    }

    private static void checkSamples(Path clip, Track video)
            throws IOException, MalformedMp4Exception, ClipVerificationException {
        Samples samples = video.samples();
        try (FileChannel file = FileChannel.open(clip, StandardOpenOption.READ)) {
            NalUnits units = new NalUnits(file, video.entry().avc());
            for (int i = 0; i < samples.count(); i++) {
                boolean idr = units.readIdrFlag(samples.range(i));
                if (!idr && (i == 0 || samples.keyframes().get(i))) {
                    throw new ClipVerificationException(
                            "the first sample or a sync sample of the clip is not an IDR picture");
                }
            }
        }
    }
}
