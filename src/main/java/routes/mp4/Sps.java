package routes.mp4;

import java.util.Set;

/**
 * What an H.264 sequence parameter set tells, as far as a cut needs it (ITU-T H.264, 7.3.2.1.1).
 *
 * @param chroma 1 for 4:2:0
 * @param bitDepth of luma or chroma, whichever is greater
 * @param planes whether colours are coded as pictures of their own
 * @param frameNumberBits bits of {@code frame_num} in a slice
 * @param progressive whether no picture can hold fields
 */
public record Sps(
        int profile, int id, int chroma, int bitDepth, boolean planes, int frameNumberBits, boolean progressive) {
    private static final Set<Integer> WITH_CHROMA =
            Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

    /** @throws MalformedMp4Exception when it ends too early */
    static Sps read(byte[] unit) throws MalformedMp4Exception {
        try {
            return read(new BitReader(unit));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new MalformedMp4Exception("a sequence parameter set cannot be read");
        }
    }

    private static Sps read(BitReader b) {
        b.read(8);
        int profile = (int) b.read(8);
        b.read(16);
        int id = (int) b.unsigned();
        int chroma = 1;
        int bitDepth = 8;
        boolean planes = false;
        if (WITH_CHROMA.contains(profile)) {
            chroma = (int) b.unsigned();
            if (chroma == 3) {
                planes = b.flag();
            }
            bitDepth = 8 + (int) Math.max(b.unsigned(), b.unsigned());
            b.read(1);
            if (b.flag()) {
                skipScalingLists(b, chroma == 3 ? 12 : 8);
            }
        }
        int frameNumberBits = 4 + (int) Math.min(b.unsigned(), 12);
        skipOrderCount(b);
        b.unsigned();
        b.read(1);
        b.unsigned();
        b.unsigned();
        return new Sps(profile, id, chroma, bitDepth, planes, frameNumberBits, b.flag());
    }

    private static void skipOrderCount(BitReader b) {
        long type = b.unsigned();
        if (type == 0) {
            b.unsigned();
        } else if (type == 1) {
            b.read(1);
            b.signed();
            b.signed();
            for (long left = b.unsigned(); left > 0; left--) {
                b.signed();
            }
        }
    }

    private static void skipScalingLists(BitReader b, int lists) {
        for (int list = 0; list < lists; list++) {
            if (b.flag()) {
                long next = 8;
                long last = 8;
                for (int i = 0; i < (list < 6 ? 16 : 64); i++) {
                    if (next != 0) {
                        next = Math.floorMod(last + b.signed(), 256);
                    }
                    last = next == 0 ? last : next;
                }
            }
        }
    }
}
