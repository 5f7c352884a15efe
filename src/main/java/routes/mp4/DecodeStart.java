package routes.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Set;

/** Verifies that decoding can start at a sample, independently of the tables. See docs/decisions/0009. */
public final class DecodeStart {
    /** Codecs whose pictures are all intra pictures. */
    private static final Set<String> INTRA_ONLY = Set.of(
            "jpeg", "mjpa", "mjpb", "mjpg", "png ", "raw ", "ap4h", "ap4x", "apch", "apcn", "apcs", "apco", "AVdn",
            "AVdh");

    private static final Set<String> PROVABLE = Set.of("avc1", "avc3", "hvc1", "hev1", "vp08", "vp09", "av01");

    private static final int AVC_IDR = 5;
    private static final int AVC_INTRA_SLICE = 2;
    private static final int SLICE_TYPES = 5;
    private static final int HEVC_FIRST_IRAP = 16;
    private static final int HEVC_LAST_IRAP = 23;
    private static final int AV1_SEQUENCE_HEADER = 1;
    private static final int AV1_TEMPORAL_DELIMITER = 2;
    /** Big endian, after the frame tag. */
    private static final int VP8_START_CODE = 0x9D012A;

    /** Bits of a frame's first byte (VP9 bitstream specification, 6.2). */
    private static final int VP9_MARKER = 0xC0;

    private static final int VP9_MARKED = 0x80;
    private static final int VP9_PROFILE = 0x30;
    /** show_existing_frame or frame_type. */
    private static final int VP9_NO_KEYFRAME = 0x0C;

    private static final int HEAD = 32;

    private DecodeStart() {}

    /** @return whether sync samples of this codec can be verified; otherwise a recording is decoded from its start */
    static boolean isProvable(SampleEntry entry) {
        return PROVABLE.contains(entry.type()) || INTRA_ONLY.contains(entry.type());
    }

    /**
     * @param index of a sample whose data are in the file
     * @return whether it is an intra picture, or the first sample of a codec that cannot be verified
     */
    public static boolean isProven(FileChannel file, Track track, int index) throws IOException {
        String type = track.entry().type();
        ByteRange sample = track.samples().range(index);
        try {
            return switch (type) {
                case "avc1", "avc3" ->
                    isAvcIntra(file, sample, track.entry().avc().lengthBytes());
                case "hvc1", "hev1" ->
                    isHevcIntra(file, sample, track.entry().hevcLengthBytes().orElseThrow());
                case "vp08" -> isVp8Intra(read(file, sample.from(), sample.to()));
                case "vp09" -> isVp9Intra(read(file, sample.from(), sample.to()).get(0));
                case "av01" -> isAv1Intra(read(file, sample.from(), sample.to()));
                default -> INTRA_ONLY.contains(type) || index == track.firstSample();
            };
        } catch (MalformedMp4Exception | IndexOutOfBoundsException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isAvcIntra(FileChannel file, ByteRange sample, int lengthBytes) throws IOException {
        for (long at = sample.from(); at + lengthBytes < sample.to(); ) {
            ByteBuffer head = read(file, at, sample.to());
            long length = length(head, lengthBytes);
            int type = head.get(lengthBytes) & 31;
            if (type == AVC_IDR) {
                return true;
            }
            if (type >= 1 && type < AVC_IDR) {
                byte[] slice = new byte[head.limit() - lengthBytes];
                head.get(lengthBytes, slice);
                BitReader bits = new BitReader(slice);
                bits.read(8);
                bits.unsigned();
                return bits.unsigned() % SLICE_TYPES == AVC_INTRA_SLICE;
            }
            at += lengthBytes + Math.max(1, length);
        }
        return false;
    }

    private static boolean isHevcIntra(FileChannel file, ByteRange sample, int lengthBytes) throws IOException {
        int type = HevcSlices.firstType(file, sample, lengthBytes).orElse(0);
        return type >= HEVC_FIRST_IRAP && type <= HEVC_LAST_IRAP;
    }

    /** A sync sample starts with a sequence header; the units before it, such as a delimiter, are short. */
    private static boolean isAv1Intra(ByteBuffer head) {
        int at = 0;
        while (true) {
            int type = head.get(at) >> 3 & 15;
            if (type != AV1_TEMPORAL_DELIMITER) {
                return type == AV1_SEQUENCE_HEADER;
            }
            boolean extended = (head.get(at) & 4) != 0;
            at += 1 + (extended ? 1 : 0);
            at += 1 + head.get(at);
        }
    }

    private static boolean isVp9Intra(byte head) {
        // profile 3 has one additional bit before the others
        int own = (head & VP9_PROFILE) == VP9_PROFILE ? (head & VP9_MARKER) | (head & 0x07) << 1 : head;
        return (own & (VP9_MARKER | VP9_NO_KEYFRAME)) == VP9_MARKED;
    }

    private static boolean isVp8Intra(ByteBuffer head) {
        return (head.get(0) & 1) == 0 && head.getInt(2) << 8 == VP8_START_CODE << 8;
    }

    private static long length(ByteBuffer head, int bytes) {
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | Byte.toUnsignedInt(head.get(i));
        }
        return length;
    }

    private static ByteBuffer read(FileChannel file, long at, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(HEAD, end - at));
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = file.read(bytes, at + bytes.position());
        }
        return bytes.flip();
    }
}
