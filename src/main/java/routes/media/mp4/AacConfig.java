package routes.media.mp4;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The AAC configuration of a track, from {@code esds} (ISO 14496-1 and 14496-3).
 *
 * @param objectType 2 for AAC-LC
 * @param channels 0 where the stream itself tells
 * @param specific all that a decoder is told, as hexadecimal digits
 */
public record AacConfig(int objectType, int channels, String specific) {
    private static final int LOW_COMPLEXITY = 2;
    private static final int ES = 3;
    private static final int DECODER = 4;
    private static final int SPECIFIC = 5;
    /** One frame of silence in AAC-LC, the same at every sampling rate. */
    private static final String SILENT_MONO = "00c800802380";

    private static final String SILENT_STEREO = "210049900219002380";

    static AacConfig read(ByteBuffer esds) throws BrokenMovie {
        esds.position(4);
        while (esds.hasRemaining()) {
            int tag = esds.get();
            int length = descriptorLength(esds);
            switch (tag) {
                case ES -> {
                    esds.getShort();
                    int flags = esds.get();
                    skip(esds, (flags & 0x80) != 0 ? 2 : 0);
                    skip(esds, (flags & 0x40) != 0 ? 1 + Byte.toUnsignedInt(esds.get(esds.position())) : 0);
                    skip(esds, (flags & 0x20) != 0 ? 2 : 0);
                }
                case DECODER -> skip(esds, 13);
                case SPECIFIC -> {
                    byte[] specific = new byte[Math.min(length, esds.remaining())];
                    esds.get(specific);
                    int bits = Short.toUnsignedInt(ByteBuffer.wrap(specific).getShort());
                    return new AacConfig(
                            bits >> 11, bits >> 3 & 15, HexFormat.of().formatHex(specific));
                }
                default -> throw new BrokenMovie("an AAC configuration cannot be read");
            }
        }
        throw new BrokenMovie("an AAC configuration is empty");
    }

    private static void skip(ByteBuffer b, int count) {
        b.position(b.position() + count);
    }

    private static int descriptorLength(ByteBuffer b) {
        int length = 0;
        int part;
        do {
            part = b.get();
            length = length << 7 | (part & 0x7F);
        } while ((part & 0x80) != 0);
        return length;
    }

    /** @return a frame of silence; empty where none is known for such a stream */
    public Optional<byte[]> silence() {
        if (objectType != LOW_COMPLEXITY || channels < 1 || channels > 2) {
            return Optional.empty();
        }
        return Optional.of(HexFormat.of().parseHex(channels == 1 ? SILENT_MONO : SILENT_STEREO));
    }
}
