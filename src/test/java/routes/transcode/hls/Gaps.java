package routes.transcode.hls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import routes.mp4.Movie;
import routes.mp4.Samples;
import routes.mp4.Track;

/** Where the sound of a film pauses or overlaps. */
final class Gaps {
    private Gaps() {}

    /** @return times in ticks of AAC frames that do not start where the one before ends */
    static List<Long> of(Path film) throws Exception {
        Track sound = Movie.read(film).audio().orElseThrow();
        Samples samples = sound.samples();
        List<Long> gaps = new ArrayList<>();
        long frame = samples.time(2) - samples.time(1);
        for (int i = 2; i < samples.count(); i++) {
            // a movie in other ticks rounds
            if (Math.abs(samples.time(i) - samples.time(i - 1) - frame) > 1) {
                gaps.add(samples.time(i));
            }
        }
        return gaps;
    }
}
