package routes.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * H.264 parameter sets in the first sample of a track. A decoder uses them instead of those of the sample entry, which some
 * recorders copy from another stream.
 */
public final class StreamSets {
    /** Bytes of the first sample that are read; sets are at its start. */
    private static final int MOST = 4096;

    private static final int TYPE = 31;
    private static final int LAST_SLICE = 5;
    private static final int SEQUENCE_SET = 7;
    private static final int PICTURE_SET = 8;

    private StreamSets() {}

    /** @return the bytes to read; empty for a track that is not H.264 */
    public static Optional<ByteRange> range(Track track) {
        if (!track.entry().type().startsWith("avc") || track.samples().count() <= track.firstSample()) {
            return Optional.empty();
        }
        ByteRange sample = track.samples().range(track.firstSample());
        return Optional.of(new ByteRange(sample.from(), Math.min(sample.to(), sample.from() + MOST)));
    }

    /** @return the track with these sets in its sample entry; unchanged if they are the same, or cannot be parsed */
    public static Track apply(FileChannel file, Track track) throws IOException {
        Optional<ByteRange> range = range(track);
        if (range.isEmpty()) {
            return track;
        }
        try {
            AvcConfig config = track.entry().avc();
            AvcConfig used = config.replacing(read(file, range.get(), config.lengthBytes()));
            return used.equals(config) ? track : track.with(track.entry().with(used));
        } catch (MalformedMp4Exception e) {
            return track;
        }
    }

    private static List<byte[]> read(FileChannel file, ByteRange range, int lengthBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (range.to() - range.from()));
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = file.read(bytes, range.from() + bytes.position());
        }
        bytes.flip();
        List<byte[]> sets = new ArrayList<>();
        while (bytes.remaining() > lengthBytes) {
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | Byte.toUnsignedInt(bytes.get());
            }
            if (length == 0 || length > bytes.remaining()) {
                return sets;
            }
            byte[] unit = new byte[(int) length];
            bytes.get(unit);
            int type = unit[0] & TYPE;
            if (type >= 1 && type <= LAST_SLICE) {
                return sets;
            }
            if (type == SEQUENCE_SET || type == PICTURE_SET) {
                sets.add(unit);
            }
        }
        return sets;
    }
}
