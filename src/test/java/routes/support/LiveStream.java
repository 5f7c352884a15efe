package routes.support;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** A stream of the local Kinesis Video. */
interface LiveStream {
    /** The clock of Kinesis Video is ahead of the camera's. */
    Duration CLOCK_AHEAD = Duration.ofMillis(350);

    long USUAL_BYTES = 100_000;

    BigInteger FIRST_NUMBER = new BigInteger("91343852333181432392682062607743920500500005000");

    /**
     * @param index in the stream; later fragments have larger ones
     * @param producedAt clock of the camera at its first frame
     * @param file its MP4, made when it is first asked for
     * @param listedBytes its size as listed
     */
    record LocalFragment(long index, Instant producedAt, Duration length, Supplier<Path> file, long listedBytes) {
        LocalFragment(long index, Instant producedAt, Duration length, Supplier<Path> file) {
            this(index, producedAt, length, file, USUAL_BYTES);
        }

        String number() {
            return FIRST_NUMBER.add(BigInteger.valueOf(index)).toString();
        }

        Instant receivedAt() {
            return producedAt.plus(CLOCK_AHEAD);
        }
    }

    /** @return the fragments that start within the interval, by the clock of Kinesis Video, in order */
    List<LocalFragment> fragments(Instant from, Instant to);
}
