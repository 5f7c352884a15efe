package routes.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import routes.support.DecodedClip.Frame;

/** Finds the beeps of {@link Footage} in decoded sound: 16 bit, little endian, mono, {@link #SAMPLE_RATE}. */
final class Beeps {
    /** Hertz. */
    static final int SAMPLE_RATE = 16_000;

    /** Samples looked at together: 1 ms. */
    private static final int WINDOW = SAMPLE_RATE / 1000;

    /** Mean of the samples' absolute values, of 32768, over which a window is loud. */
    private static final int LOUD = 2000;

    /** Quiet windows before a loud one makes it the start of a beep. */
    private static final int QUIET_BEFORE = 200;

    private Beeps() {}

    static double seconds(byte[] sound) {
        return sound.length / 2.0 / SAMPLE_RATE;
    }

    /** When beeps start, in seconds; one that the clip's start cuts off has none. */
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
     * How much later, in milliseconds, a beep is heard than the frame it belongs to is shown. That frame's time follows
     * from the first frame's, so that the beep of a frame just beyond the clip's end counts too.
     */
    static double offsetMs(double onsetSeconds, Frame first, FootageSpec spec) {
        double number = first.number() + (onsetSeconds - first.ptsSeconds()) * spec.fps();
        double own = Math.rint(number / spec.framesPerBeep()) * spec.framesPerBeep();
        return (number - own) / spec.fps() * 1000;
    }
}
