package routes.support;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A clip as a player shows it, in presentation order.
 * See docs/decisions/0031.
 *
 * @param frames every frame
 * @param decodeErrors messages of the decoder; empty for a good clip
 * @param audioOffsetsMs for each beep the delay of its sound against its frame, negative if earlier; empty if there is
 *     no audio or no beep
 * @param audioSeconds length of the audio, 0 if there is none
 */
public record DecodedClip(
        List<Frame> frames, List<String> decodeErrors, List<Double> audioOffsetsMs, double audioSeconds) {
    /** The number of a frame whose barcode cannot be read. */
    public static final long UNREADABLE = -1;

    /**
     * One presented frame.
     *
     * @param number the frame's absolute number (20 bits), or {@link #UNREADABLE}
     * @param ptsSeconds presentation time in the clip
     */
    public record Frame(long number, double ptsSeconds) {}

    public DecodedClip {
        frames = List.copyOf(frames);
        decodeErrors = List.copyOf(decodeErrors);
        audioOffsetsMs = List.copyOf(audioOffsetsMs);
    }

    /** Number of the first presented frame. */
    public long first() {
        return frames.get(0).number();
    }

    /** Number of the last presented frame. */
    public long last() {
        return frames.get(frames.size() - 1).number();
    }

    public int count() {
        return frames.size();
    }

    /** Frames whose number cannot be read. */
    public long unreadable() {
        return frames.size() - numbers().count();
    }

    /** Missing numbers between the lowest and the highest, ascending. */
    public List<Long> missing() {
        long[] seen = numbers().sorted().distinct().toArray();
        return IntStream.range(1, seen.length)
                .boxed()
                .flatMap(i -> LongStream.range(seen[i - 1] + 1, seen[i]).boxed())
                .toList();
    }

    /** Numbers of more than one frame, ascending. */
    public List<Long> duplicated() {
        long[] sorted = numbers().sorted().toArray();
        return IntStream.range(1, sorted.length)
                .filter(i -> sorted[i] == sorted[i - 1])
                .mapToObj(i -> sorted[i])
                .distinct()
                .toList();
    }

    /** Whether both numbers and times increase from each frame to the next. */
    public boolean monotone() {
        return IntStream.range(1, frames.size())
                .allMatch(i -> frames.get(i).number() > frames.get(i - 1).number()
                        && frames.get(i).ptsSeconds() > frames.get(i - 1).ptsSeconds());
    }

    /**
     * Largest difference, in milliseconds, between a frame's time and its number's time, both from the first frame.
     */
    public double largestTimeErrorMs(double fps) {
        Frame start = frames.get(0);
        return frames.stream()
                .filter(frame -> frame.number() != UNREADABLE)
                .mapToDouble(frame -> frame.ptsSeconds() - start.ptsSeconds() - (frame.number() - start.number()) / fps)
                .map(seconds -> Math.abs(seconds) * 1000)
                .max()
                .orElse(0);
    }

    /** The largest absolute value of {@link #audioOffsetsMs}; 0 if there is none. */
    public double largestAudioOffsetMs() {
        return audioOffsetsMs.stream().mapToDouble(Math::abs).max().orElse(0);
    }

    private LongStream numbers() {
        return frames.stream().mapToLong(Frame::number).filter(number -> number != UNREADABLE);
    }
}
