package routes.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import routes.support.DecodedClip.Frame;

/** Finds the beeps of {@link Footage} in decoded audio: 16 bit, little endian, mono, {@link #SAMPLE_RATE}. */
final class Beeps {
    /** Hertz. */
    static final int SAMPLE_RATE = 16_000;

    /** Samples per window: 1 ms. */
    private static final int WINDOW = SAMPLE_RATE / 1000;

    /** A window is loud if the mean of its absolute sample values exceeds this, of 32768. */
    private static final int LOUD = 2000;

    /** Quiet windows that must precede a loud one for the start of a beep. */
    private static final int QUIET_BEFORE = 200;

    private Beeps() {}

    static double seconds(byte[] sound) {
        return sound.length / 2.0 / SAMPLE_RATE;
    }

    /** Start times of the beeps in seconds. A beep whose start is cut off is not included. */
    static List<Double> onsets(byte[] sound) {
        ShortBuffer samples =
                ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        List<Double> onsets = new ArrayList<>();
        int quiet = 0;
        for (int start = 0; start + WINDOW < samples.limit(); start += WINDOW) {
            if (!loud(samples, start)) {
                quiet++;
                continue;
            }
            if (quiet > QUIET_BEFORE) {
                onsets.add(start / (double) SAMPLE_RATE);
            }
            quiet = 0;
        }
        return onsets;
    }

    private static boolean loud(ShortBuffer samples, int start) {
        int sum = 0;
        for (int i = start; i < start + WINDOW; i++) {
            sum += Math.abs(samples.get(i));
        }
        return sum > LOUD * WINDOW;
    }

    /**
     * Delay in milliseconds of a beep relative to its frame. The frame's time is extrapolated from the first frame, so
     * the beep of a frame just after the clip's end counts too.
     */
    static double offsetMs(double onsetSeconds, Frame first, FootageSpec spec) {
        double number = first.number() + (onsetSeconds - first.ptsSeconds()) * spec.fps();
        double own = Math.rint(number / spec.framesPerBeep()) * spec.framesPerBeep();
        return (number - own) / spec.fps() * 1000;
    }
}
