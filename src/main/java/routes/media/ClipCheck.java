package routes.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import routes.media.mp4.BrokenMovie;
import routes.media.mp4.Movie;
import routes.media.mp4.NalUnits;
import routes.media.mp4.Samples;
import routes.media.mp4.Track;

/** Reads a joined clip as a player would, from its first byte, and compares it with what was planned. */
final class ClipCheck {
    private ClipCheck() {}

    /** @throws DoubtfulClip when anything differs, or when a sample is not whole */
    static void check(Path clip, PictureTrack planned) throws IOException, DoubtfulClip {
        try {
            Track video = Movie.readVideo(clip).orElseThrow(() -> new DoubtfulClip("the clip has no picture"));
            long[] times = planned.samples().sortedTimes();
            long[] shown = video.times().clone();
            Arrays.sort(shown);
            if (!Arrays.equals(times, shown)) {
                throw new DoubtfulClip("the clip shows its frames at other times than planned");
            }
            if (times[0] != 0 || hasDoubles(times)) {
                throw new DoubtfulClip("the clip does not begin at 0, or shows two frames at one time");
            }
            checkSamples(clip, video);
        } catch (BrokenMovie e) {
            throw new DoubtfulClip(e.getMessage());
        }
    }

    private static boolean hasDoubles(long[] sorted) {
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                return true;
            }
        }
        return false;
    }

    private static void checkSamples(Path clip, Track video) throws IOException, BrokenMovie, DoubtfulClip {
        Samples samples = video.samples();
        try (FileChannel file = FileChannel.open(clip, StandardOpenOption.READ)) {
            NalUnits units = new NalUnits(file, video.entry().avc());
            for (int i = 0; i < samples.count(); i++) {
                boolean idr = units.isIdr(samples.range(i));
                if (!idr && (i == 0 || samples.keyframes().get(i))) {
                    throw new DoubtfulClip("the clip begins, or is to be sought, at a picture that is no IDR picture");
                }
            }
        }
    }
}
