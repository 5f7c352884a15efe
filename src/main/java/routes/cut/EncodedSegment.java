package routes.cut;

import java.util.stream.IntStream;
import routes.mp4.PackedLongColumn;

/**
 * Frames that follow each other in a recording and are encoded anew.
 *
 * @param number within the clip, from 0
 * @param first index among the wanted frames of the selection
 * @param frames how many, at least 1
 */
record EncodedSegment(int number, FrameSelection selection, int first, int frames) {
    /** @return presentation times in ticks, ascending */
    PackedLongColumn times() {
        return PackedLongColumn.of(IntStream.range(first, first + frames).mapToLong(selection.wanted()::get));
    }

    /** @return presentation time of the first one, in ticks */
    long from() {
        return selection.wanted().get(first);
    }

    /** @return presentation time of the last one, in ticks */
    long last() {
        return selection.wanted().get(first + frames - 1);
    }

    /** @return index of the sample with which decoding begins */
    int decodeFrom() {
        return selection.video().keyframeBefore(from());
    }

    /** @return whether the excerpt begins with the recording's first sample, which is not shown */
    boolean hasFirstSample() {
        return selection.video().needsFirstSample()
                && decodeFrom() > selection.video().firstSample();
    }

    /** @return ticks of the excerpt at which the sample is shown with which decoding begins */
    long excerptStart() {
        return hasFirstSample() ? 1 : 0;
    }

    /** @return index after the sample with which decoding ends */
    int decodeTo() {
        return selection.video().samples().lastWithin(from(), last() + 1) + 1;
    }

    /** @return name of the file, in the workspace, with the samples that have to be decoded */
    String excerpt() {
        return "excerpt-" + number + ".mp4";
    }

    /** @return name of the file, in the workspace, with the encoded frames */
    String file() {
        return "encoded-" + number + ".mp4";
    }

    /** @return microseconds from its first frame to its last */
    long micros() {
        return selection.micros(last() - from());
    }
}
