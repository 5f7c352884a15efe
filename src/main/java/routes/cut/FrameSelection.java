package routes.cut;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import routes.mp4.ByteRange;
import routes.mp4.LeadingPictures;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.PackedLongColumn;
import routes.mp4.PictureSamples;
import routes.mp4.Samples;
import routes.mp4.Track;

/**
 * The frames that a clip uses from one recording, or from one part of it, according to its sample tables.
 *
 * @param until end of the selection, exclusive, UTC
 * @param wanted presentation times in ticks, ascending; at least one
 */
public record FrameSelection(Source source, Instant until, Movie movie, Track video, PackedLongColumn wanted) {
    private static final long MICROS = 1_000_000;
    /** Maximum seconds from the start of a segment to its first frame; some cameras write no frames without motion. */
    static final long LONGEST_WAIT = 1;

    private static final long NANOS = 1_000_000_000;

    /**
     * @param from inclusive, UTC
     * @param until exclusive, UTC
     * @param longestWait maximum seconds from {@code from} to the first frame; if that is later, the frame before it is
     *     held
     * @return one selection for each part of the recording with frames in the interval
     */
    static List<FrameSelection> of(Source source, Movie movie, Instant from, Instant until, long longestWait) {
        List<FrameSelection> selections = new ArrayList<>();
        for (Track video : movie.pictures()) {
            FrameSelection selection = of(source, until, movie, video, ticks(source, video, from), longestWait);
            if (selection.frames() > 0) {
                selections.add(selection);
            }
        }
        return selections;
    }

    /**
     * Selects the frames in the interval. If the first one is too long after {@code from}, the frame that is still shown at
     * {@code from} is selected too, with {@code from} as its presentation time.
     */
    private static FrameSelection of(
            Source source, Instant until, Movie movie, Track video, long from, long longestWait) {
        long to = ticks(source, video, until);
        PackedLongColumn wanted = video.shown(from, to);
        long next = wanted.count() > 0 ? wanted.get(0) : Math.min(to, video.shownTo());
        // without a frame, a gap would be reported
        long wait = wanted.count() > 0 || longestWait == 0
                ? video.timescale() * longestWait
                : video.timescale() * Timeline.JOIN.toMillis() / 1000;
        PackedLongColumn before = next - from > wait ? video.shown(Long.MIN_VALUE, from) : video.shown(from, from);
        if (before.count() == 0) {
            return new FrameSelection(source, until, movie, video, wanted);
        }
        long still = before.get(before.count() - 1);
        if (still + video.durationAt(still) <= from) {
            return new FrameSelection(source, until, movie, video, wanted);
        }
        Track held = video.showing(still, from);
        return new FrameSelection(source, until, movie, held, held.shown(from, to));
    }

    /**
     * Reads the sample data.
     *
     * @return this selection without samples that are not frames, such as parameter sets, second fields, or leading pictures
     *     that cannot be decoded; its times differ from each other
     * @throws MalformedMp4Exception if too many times repeat
     */
    FrameSelection ofPictures() throws IOException, MalformedMp4Exception {
        try (FileChannel file = FileChannel.open(source.file(), StandardOpenOption.READ)) {
            int from = video.keyframeBefore(first());
            int to = video.samples().lastWithin(first(), last() + 1) + 1;
            PictureSamples.Joined joined = PictureSamples.join(file, video, from, to);
            BitSet frames = frames(file, joined, video.samples().time(from));
            boolean distinct = frames.stream()
                            .mapToLong(joined.track().samples()::time)
                            .distinct()
                            .count()
                    == frames.cardinality();
            if (distinct && joined.track().equals(video) && frames.cardinality() == frames()) {
                return this;
            }
            Track track = distinct ? joined.track() : joined.track().withDistinctTimes();
            PackedLongColumn times = PackedLongColumn.of(
                    frames.stream().mapToLong(track.samples()::time).sorted());
            return new FrameSelection(source, until, movie, track, times);
        }
    }

    /**
     * @param keyframe presentation time in ticks; earlier frames are leading pictures of a recording's first keyframe
     * @return indexes of the samples that are frames of this selection
     */
    private BitSet frames(FileChannel file, PictureSamples.Joined joined, long keyframe) throws IOException {
        Track track = joined.track();
        Samples samples = track.samples();
        BitSet frames = new BitSet();
        for (int i = 0; i < samples.count(); i++) {
            long time = samples.time(i);
            if (time >= first() && time <= last() && !joined.apart().get(i)) {
                frames.set(i, time >= keyframe || LeadingPictures.isDecodable(file, track, i));
            }
        }
        return frames;
    }

    /** @return byte ranges of the samples to decode for these frames, and of the parameter sets in the first sample */
    public List<ByteRange> ranges() {
        return new Excerpt(source.file(), video, first(), last(), false).ranges();
    }

    public int frames() {
        return wanted.count();
    }

    /** @return presentation time of the first frame, in ticks */
    public long first() {
        return wanted.get(0);
    }

    /** @return presentation time of the last frame, in ticks */
    public long last() {
        return wanted.get(frames() - 1);
    }

    /** @return duration of the last frame in ticks, limited by the end of the selection */
    long lastDuration() {
        return Math.min(video.durationAt(last()), ticks(source, video, until) - last());
    }

    /** @return ticks from the first frame to the end of the last */
    public long length() {
        return last() - first() + lastDuration();
    }

    /** @return ticks from the start of the recording to the first frame */
    private long offset() {
        return first() - video.origin();
    }

    boolean hasAudio() {
        return movie.audio().isPresent();
    }

    /** @return ticks of the clip from the first frame of the earlier selection to the first frame of this one */
    long ticksAfter(FrameSelection earlier, ClipFormat format) {
        Duration starts = Duration.between(earlier.source.start(), source.start());
        return ticks(starts, format.timescale())
                + format.ticks(offset(), video)
                - format.ticks(earlier.offset(), earlier.video);
    }

    /** @return instant of the first frame, in microseconds since 1970, rounded down */
    long firstMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, source.start()) + micros(offset());
    }

    /** @return ticks of this recording converted to microseconds, rounded down */
    long micros(long ticks) {
        long seconds = Math.floorDiv(ticks, video.timescale());
        return seconds * MICROS + Math.floorMod(ticks, video.timescale()) * MICROS / video.timescale();
    }

    /** @return presentation time, in ticks, of the first tick at or after the instant */
    private static long ticks(Source source, Track video, Instant instant) {
        return video.origin() + ticks(Duration.between(source.start(), instant), video.timescale());
    }

    /** Rounds up to the first tick at or after the instant. */
    private static long ticks(Duration offset, long timescale) {
        return offset.getSeconds() * timescale + (offset.getNano() * timescale + NANOS - 1) / NANOS;
    }
}
