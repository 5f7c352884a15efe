package routes.mp4;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Offsets of fragments that begin with a keyframe, by time in ticks of the track. */
final class FragmentIndex {
    private static final int SUBSEGMENT = 0x7FFFFFFF;

    private FragmentIndex() {}

    /**
     * @param mfra at the end of a file
     * @param track id
     */
    static Map<Long, Long> ofMovie(Box mfra, int track) throws MalformedMp4Exception {
        TreeMap<Long, Long> offsets = new TreeMap<>();
        for (Box tfra : mfra.children()) {
            if (tfra.type().equals("tfra") && tfra.read(b -> b.getInt(4)) == track) {
                tfra.read(b -> {
                    boolean isLarge = b.get(0) == 1;
                    int numbers = b.getInt(8);
                    // each of three numbers has 1 to 4 bytes
                    int rest = 3 + (numbers >> 4 & 3) + (numbers >> 2 & 3) + (numbers & 3);
                    b.position(12);
                    for (int count = b.getInt(); count > 0; count--) {
                        long time = isLarge ? b.getLong() : Integer.toUnsignedLong(b.getInt());
                        long offset = isLarge ? b.getLong() : Integer.toUnsignedLong(b.getInt());
                        b.position(b.position() + rest);
                        offsets.putIfAbsent(time, offset);
                    }
                    return b;
                });
            }
        }
        return offsets;
    }

    /**
     * @param sidx before the first fragment
     * @param end offset after that box, in bytes
     */
    static Map<Long, Long> ofSegments(Box sidx, long end) throws MalformedMp4Exception {
        TreeMap<Long, Long> offsets = new TreeMap<>();
        sidx.read((ByteBuffer b) -> {
            boolean isLarge = b.get(0) == 1;
            b.position(12);
            long time = isLarge ? b.getLong() : Integer.toUnsignedLong(b.getInt());
            long offset = end + (isLarge ? b.getLong() : Integer.toUnsignedLong(b.getInt()));
            for (int count = b.getInt() & 0xFFFF; count > 0; count--) {
                int reference = b.getInt();
                long duration = Integer.toUnsignedLong(b.getInt());
                boolean isKeyframe = b.getInt() < 0;
                if (reference >= 0 && isKeyframe) {
                    offsets.put(time, offset);
                }
                time += duration;
                offset += reference & SUBSEGMENT;
            }
            return b;
        });
        return offsets;
    }
}
