package routes.snapshot;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.Fragment;

/**
 * A fragment of a live stream: consecutive frames from a keyframe on, 1 to 20 s.
 *
 * @param number decimal; larger for later fragments
 * @param producedAt clock of the camera at its first frame
 * @param receivedAt clock of Kinesis Video at its first frame
 */
public record LiveFragment(
        String stream, String number, Instant producedAt, Instant receivedAt, Duration length, long bytes) {
    static LiveFragment of(String stream, Fragment listed) {
        return new LiveFragment(
                stream,
                listed.fragmentNumber(),
                listed.producerTimestamp(),
                listed.serverTimestamp(),
                Duration.ofMillis(listed.fragmentLengthInMilliseconds()),
                listed.fragmentSizeInBytes());
    }

    BigInteger order() {
        return new BigInteger(number);
    }

    /** @return its end by the clock of Kinesis Video */
    Instant receivedUntil() {
        return receivedAt.plus(length);
    }

    /** @return its end by the clock of the camera, about */
    Instant producedUntil() {
        return producedAt.plus(length);
    }
}
