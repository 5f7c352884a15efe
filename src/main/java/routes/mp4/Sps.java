package routes.mp4;

import java.util.List;
import java.util.Set;

/**
 * An H.264 sequence parameter set, as far as a cut needs it (ITU-T H.264, 7.3.2.1.1).
 *
 * @param chroma 1 for 4:2:0
 * @param bitDepth of luma or chroma, the greater one
 * @param planes whether colour planes are coded separately
 * @param frameNumberBits bits of {@code frame_num} in a slice
 * @param progressive whether no picture can contain fields
 * @param pixelShape pixel aspect ratio, such as 12/11; empty if unspecified
 * @param transfer characteristics (ITU-T H.273); 2 if unspecified
 */
public record Sps(
        int profile,
        int id,
        int chroma,
        int bitDepth,
        boolean planes,
        int frameNumberBits,
        boolean progressive,
        String pixelShape,
        int transfer) {
    private static final int UNSPECIFIED = 2;
    private static final int OWN_SHAPE = 255;
    /** Table E-1. */
    private static final List<String> SHAPES = List.of(
            "", "1/1", "12/11", "10/11", "16/11", "40/33", "24/11", "20/11", "32/11", "80/33", "18/11", "15/11",
            "64/33", "160/99", "4/3", "3/2", "2/1");

    private static final Set<Integer> WITH_CHROMA =
            Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

    /** @throws MalformedMp4Exception if it ends too early */
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
        boolean progressive = b.flag();
        Vui vui = readVui(b, progressive);
        return new Sps(
                profile, id, chroma, bitDepth, planes, frameNumberBits, progressive, vui.pixelShape, vui.transfer);
    }

    /** Optional parts. */
    private record Vui(String pixelShape, int transfer) {
        static final Vui NONE = new Vui("", UNSPECIFIED);
    }

    /** Parameter sets of some cameras end here. */
    private static Vui readVui(BitReader b, boolean progressive) {
        try {
            b.read(progressive ? 1 : 2);
            if (b.flag()) {
                for (int side = 0; side < 4; side++) {
                    b.unsigned();
                }
            }
            if (!b.flag()) {
                return Vui.NONE;
            }
            String shape = b.flag() ? readShape(b) : "";
            b.read(b.flag() ? 1 : 0);
            if (!b.flag()) {
                return new Vui(shape, UNSPECIFIED);
            }
            b.read(4);
            boolean hasColours = b.flag();
            b.read(hasColours ? 8 : 0);
            return new Vui(shape, hasColours ? (int) b.read(8) : UNSPECIFIED);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return Vui.NONE;
        }
    }

    private static String readShape(BitReader b) {
        int index = (int) b.read(8);
        if (index == OWN_SHAPE) {
            long width = b.read(16);
            long height = b.read(16);
            return width == 0 || height == 0 ? "" : width + "/" + height;
        }
        return index < SHAPES.size() ? SHAPES.get(index) : "";
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
