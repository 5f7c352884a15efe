package routes.cut;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import routes.failure.FootageUnusableException;
import routes.mp4.ByteRange;
import routes.mp4.Movie;
import routes.mp4.Pause;
import routes.mp4.PictureSamples;
import routes.mp4.Samples;
import routes.mp4.StreamSets;
import routes.mp4.Track;

/**
 * One frame of a recording, chosen by the sample tables.
 * See docs/decisions/0035.
 *
 * @param recording local file
 * @param time of presentation, in ticks
 */
public record StillFrame(Path recording, Track video, long time) {
    /** Maximum bytes between ranges that are fetched as one. */
    private static final long GAP = 16 * 1024;

    /** @return the frame that is presented last; empty if none is */
    public static Optional<StillFrame> last(Path recording, Movie movie) {
        return latest(recording, movie, track -> Long.MAX_VALUE);
    }

    /**
     * @param sinceStart of the recording
     * @return the last frame that is presented then or before; empty if there is none
     */
    public static Optional<StillFrame> at(Path recording, Movie movie, Duration sinceStart) {
        return latest(recording, movie, track -> track.ticksAt(sinceStart) + 1);
    }

    private interface End {
        long of(Track track);
    }

    private static Optional<StillFrame> latest(Path recording, Movie movie, End end) {
        StillFrame latest = null;
        for (Track part : movie.pictures()) {
            OptionalLong shown = part.lastShown(end.of(part));
            if (shown.isPresent()) {
                StillFrame frame = new StillFrame(recording, part, shown.getAsLong());
                latest = latest == null || frame.sinceStart().compareTo(latest.sinceStart()) >= 0 ? frame : latest;
            }
        }
        return Optional.ofNullable(latest);
    }

    /** @return from the start of the recording to the first frame that is presented; zero if none is */
    public static Duration firstOf(Movie movie) {
        return movie.pictures().stream()
                .filter(part -> part.firstShown().isPresent())
                .map(part -> part.sinceOrigin(part.firstShown().getAsLong()))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** @return from the start of the recording until this frame is shown */
    public Duration sinceStart() {
        return video.sinceOrigin(time);
    }

    /** @return from the start of the recording until the next frame is shown, or a pause of the recorder begins */
    public Duration end() {
        long next = time + video.durationAt(time);
        for (Pause pause : video.pauses()) {
            next = pause.from() > time ? Math.min(next, pause.from()) : next;
        }
        return video.sinceOrigin(next);
    }

    /** @return from the start of the recording to the next frame; empty if this one is the last */
    public Optional<Duration> next() {
        OptionalLong last = video.lastShown();
        return last.isPresent() && last.getAsLong() > time
                ? Optional.of(video.sinceOrigin(time + video.durationAt(time)))
                : Optional.empty();
    }

    /** @return byte ranges of the samples to decode, and of the parameter sets in the first sample */
    public List<ByteRange> ranges() {
        return ByteRange.join(excerpt().ranges(), GAP);
    }

    /**
     * Reads the sample data.
     *
     * @return the same frame with the parameter sets of the stream, and without samples that are no frames
     * @throws FootageUnusableException if no frame is left
     */
    public StillFrame ofPictures() throws IOException {
        try (FileChannel file = FileChannel.open(recording, StandardOpenOption.READ)) {
            Track track = StreamSets.apply(file, video);
            int from = track.keyframeBefore(time);
            int to = track.samples().lastWithin(time, time + 1) + 1;
            PictureSamples.Joined joined = PictureSamples.join(file, track, from, to);
            Samples samples = joined.track().samples();
            long shown = IntStream.range(0, samples.count())
                    .filter(i -> !joined.apart().get(i))
                    .mapToLong(samples::time)
                    .filter(other -> other <= time && other >= joined.track().shownFrom())
                    .max()
                    .orElseThrow(() -> new FootageUnusableException("the recording has no frame"));
            return new StillFrame(recording, joined.track(), shown);
        }
    }

    /** @param out MP4 file with the samples to decode; its picture is turned as the recording's */
    public void writeExcerpt(Path out) throws IOException {
        excerpt().write(out, video.matrix());
    }

    /** @return presentation time of the frame in the excerpt, in ticks */
    long timeInExcerpt() {
        return time - excerpt().begin();
    }

    private Excerpt excerpt() {
        return new Excerpt(recording, video, time, time, false);
    }
}
