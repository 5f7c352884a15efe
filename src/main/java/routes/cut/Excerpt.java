package routes.cut;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import routes.failure.FootageUnusableException;
import routes.mp4.ByteRange;
import routes.mp4.DecodeStart;
import routes.mp4.LeadingPictures;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Matrix;
import routes.mp4.MovieWriter;
import routes.mp4.NalUnits;
import routes.mp4.SampleEntry;
import routes.mp4.SampleSequence;
import routes.mp4.Samples;
import routes.mp4.StreamSets;
import routes.mp4.Track;

/**
 * The samples of a recording that have to be decoded for some of its frames.
 * See docs/decisions/0008.
 *
 * @param from presentation time of the first frame, in ticks
 * @param last presentation time of the last frame, in ticks
 * @param withGopBefore whether it starts one keyframe earlier: damage in the keyframe is concealed from the frames before it
 */
record Excerpt(Path recording, Track video, long from, long last, boolean withGopBefore) {
    /** @return index of the first sample to decode */
    private int decodeFrom() {
        int keyframe = video.keyframeBefore(from);
        return withGopBefore ? gopBefore(keyframe) : keyframe;
    }

    /** @return whether there are frames before its keyframe */
    boolean hasGopBefore() {
        int keyframe = video.keyframeBefore(from);
        return gopBefore(keyframe) < keyframe;
    }

    private int gopBefore(int keyframe) {
        return keyframe > video.firstSample()
                ? video.keyframeBefore(video.samples().time(keyframe) - 1)
                : keyframe;
    }

    /** @return index after the last sample to decode */
    private int decodeTo() {
        return video.samples().lastWithin(from, last + 1) + 1;
    }

    /** @return whether the excerpt starts with the recording's first sample, which is decoded but not shown */
    boolean hasFirstSample() {
        return video.needsFirstSample() && decodeFrom() > video.firstSample();
    }

    /** @return byte ranges of the samples, and of the parameter sets in the first sample of the recording */
    List<ByteRange> ranges() {
        Samples samples = video.samples();
        List<ByteRange> ranges = new ArrayList<>(samples.ranges(IntStream.range(decodeFrom(), decodeTo())));
        StreamSets.range(video).ifPresent(ranges::add);
        if (hasFirstSample()) {
            ranges.add(samples.range(video.firstSample()));
        }
        return ranges;
    }

    /** @return time 0 of the excerpt, in ticks of the recording */
    long begin() {
        return video.samples().time(decodeFrom()) - (hasFirstSample() ? 1 : 0);
    }

    /**
     * @param out MP4 file, created or replaced
     * @param matrix of its picture
     * @throws FootageUnusableException if decoding cannot start at the keyframe
     */
    void write(Path out, Matrix matrix) throws IOException {
        Samples samples = video.samples();
        int first = decodeFrom();
        int end = decodeTo();
        long begin = begin();
        SampleSequence excerpt = new SampleSequence();
        try (FileChannel file = FileChannel.open(recording, StandardOpenOption.READ)) {
            if (!DecodeStart.isProven(file, video, first)) {
                throw new FootageUnusableException("a recording calls sample " + (first + 1)
                        + " a keyframe, which refers to others: its frames cannot be decoded");
            }
            // skips non-reference frames that are not shown: with B-frames, most of a GOP
            Optional<NalUnits> units = units(file, video.entry());
            if (hasFirstSample()) {
                excerpt.add(recording, samples, video.firstSample(), -samples.time(video.firstSample()), true);
            }
            for (int i = first; i < end; i++) {
                if (isNeeded(i, samples.time(first), units, file)) {
                    excerpt.add(recording, samples, i, -begin, i == first);
                }
            }
        }
        new MovieWriter()
                .video(video.timescale(), video.entry(), matrix, excerpt, video.timescale())
                .write(out);
    }

    private static Optional<NalUnits> units(FileChannel file, SampleEntry entry) {
        try {
            return entry.type().startsWith("avc") ? Optional.of(new NalUnits(file, entry.avc())) : Optional.empty();
        } catch (MalformedMp4Exception e) {
            return Optional.empty();
        }
    }

    private boolean isNeeded(int sample, long keyframe, Optional<NalUnits> units, FileChannel file) throws IOException {
        long time = video.samples().time(sample);
        if (time < keyframe) {
            return LeadingPictures.isDecodable(file, video, sample);
        }
        if (units.isEmpty() || (time >= from && time <= last)) {
            return true;
        }
        try {
            return units.get().readReferenceFlag(video.samples().range(sample));
        } catch (MalformedMp4Exception e) {
            // the decoder decides
            return true;
        }
    }
}
