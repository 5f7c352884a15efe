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

    /** @return the samples to decode */
    Excerpt samples() {
        return new Excerpt(selection.source().file(), selection.video(), from(), last());
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
