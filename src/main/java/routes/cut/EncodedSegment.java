package routes.cut;

import java.util.List;
import java.util.stream.IntStream;
import routes.mp4.ByteRange;
import routes.mp4.PackedLongColumn;

/**
 * Consecutive frames of a recording that are re-encoded.
 *
 * @param number within the clip, from 0
 * @param first index of the first frame in {@code selection.wanted()}
 * @param frames number of frames, at least 1
 * @param withGopBefore see {@link Excerpt}
 */
public record EncodedSegment(int number, FrameSelection selection, int first, int frames, boolean withGopBefore) {
    /** @return the same frames, decoded from one keyframe earlier if there is one */
    EncodedSegment decodedEarlier() {
        return new EncodedSegment(number, selection, first, frames, true);
    }

    /** @return whether decoding could start one keyframe earlier */
    boolean canBeDecodedEarlier() {
        return !withGopBefore && samples().hasGopBefore();
    }

    /** @return byte ranges of the samples to decode */
    public List<ByteRange> ranges() {
        return samples().ranges();
    }

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

    /** @return the samples to decode */
    Excerpt samples() {
        return new Excerpt(selection.source().file(), selection.video(), from(), last(), withGopBefore);
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
