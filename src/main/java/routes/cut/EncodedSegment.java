package routes.cut;

import java.util.stream.IntStream;
import routes.mp4.PackedLongColumn;

/**
 * Consecutive frames of a recording that are re-encoded.
 *
 * @param number within the clip, from 0
 * @param first index of the first frame in {@code selection.wanted()}
 * @param frames number of frames, at least 1
 */
record EncodedSegment(int number, FrameSelection selection, int first, int frames) {
    /** @return presentation times in ticks, ascending */
    PackedLongColumn times() {
        return PackedLongColumn.of(IntStream.range(first, first + frames).mapToLong(selection.wanted()::get));
    }

    /** @return presentation time of the first frame, in ticks */
    long from() {
        return selection.wanted().get(first);
    }

    /** @return presentation time of the last frame, in ticks */
    long last() {
        return selection.wanted().get(first + frames - 1);
    }

    /** @return index of the first sample to decode */
    int decodeFrom() {
        return selection.video().keyframeBefore(from());
    }

    /** @return whether the excerpt starts with the recording's first sample, which is decoded but not shown */
    boolean hasFirstSample() {
        return selection.video().needsFirstSample()
                && decodeFrom() > selection.video().firstSample();
    }

    /** @return presentation time, in ticks of the excerpt, of the sample at {@link #decodeFrom()} */
    long excerptStart() {
        return hasFirstSample() ? 1 : 0;
    }

    /** @return index after the last sample to decode */
    int decodeTo() {
        return selection.video().samples().lastWithin(from(), last() + 1) + 1;
    }

    /** @return name of the workspace file with the samples to decode */
    String excerpt() {
        return "excerpt-" + number + ".mp4";
    }

    /** @return name of the workspace file with the encoded frames */
    String file() {
        return "encoded-" + number + ".mp4";
    }

    /** @return microseconds from the first frame to the last */
    long micros() {
        return selection.micros(last() - from());
    }
}
