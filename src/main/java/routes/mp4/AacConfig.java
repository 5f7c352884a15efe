package routes.mp4;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The AAC configuration of a track, from {@code esds} (ISO 14496-1 and 14496-3).
 *
 * @param objectType 2 for AAC-LC, 0 for other formats such as MP3
 * @param rate samples per second; 0 if it is not a standard rate
 * @param channels 0 if only the stream specifies them
 * @param specific the decoder specific configuration, as hexadecimal digits
 */
public record AacConfig(int objectType, int rate, int channels, String specific) {
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };
    /** Bytes of a decoder configuration, in all forms of AAC that cameras write. */
    private static final int LONGEST = 16;

    private static final int LOW_COMPLEXITY = 2;
    private static final int ES = 3;
    private static final int DECODER = 4;
    private static final int SPECIFIC = 5;
    private static final int SYNC = 6;
    private static final int MP4_SYNC = 2;
    private static final int AUDIO_OBJECT = 0x40;
    /** MPEG-4, and the three profiles of MPEG-2. */
    private static final Set<Integer> AAC = Set.of(AUDIO_OBJECT, 0x66, 0x67, 0x68);

    private static final int AUDIO_STREAM = 0x15;
    /** One frame of silence in AAC-LC, the same at every sampling rate. */
    private static final String SILENT_MONO = "00c800802380";

    private static final String SILENT_STEREO = "210049900219002380";

    static AacConfig read(ByteBuffer esds) throws MalformedMp4Exception {
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
                case DECODER -> {
                    if (!AAC.contains((int) esds.get())) {
                        return new AacConfig(0, 0, 0, "");
                    }
                    skip(esds, 12);
                }
                case SPECIFIC -> {
                    byte[] specific = new byte[Math.min(length, Math.min(LONGEST, esds.remaining()))];
                    esds.get(specific);
                    return of(specific);
                }
                default -> throw new MalformedMp4Exception("an AAC configuration cannot be read");
            }
        }
        throw new MalformedMp4Exception("an AAC configuration is empty");
    }

    private static AacConfig of(byte[] specific) {
        int bits = Short.toUnsignedInt(ByteBuffer.wrap(specific).getShort());
        int objectType = bits >> 11;
        int rate = bits >> 7 & 15;
        // an extension after AAC-LC is a hint that decoders can ignore
        int length = objectType == LOW_COMPLEXITY ? Short.BYTES : specific.length;
        return new AacConfig(
                objectType,
                rate < RATES.length ? RATES[rate] : 0,
                bits >> 3 & 15,
                HexFormat.of().formatHex(specific, 0, length));
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

    /** @return a frame of silence; empty if none is known for this configuration */
    public Optional<byte[]> silence() {
        if (objectType != LOW_COMPLEXITY || channels < 1 || channels > 2) {
            return Optional.empty();
        }
        return Optional.of(HexFormat.of().parseHex(channels == 1 ? SILENT_MONO : SILENT_STEREO));
    }

    void write(BoxWriter box) {
        byte[] config = HexFormat.of().parseHex(specific);
        // one byte per descriptor length: none is longer than 127
        box.u32(0).u8(ES).u8(23 + config.length).u16(0).u8(0);
        box.u8(DECODER).u8(15 + config.length).u8(AUDIO_OBJECT).u8(AUDIO_STREAM).zeros(11);
        box.u8(SPECIFIC).u8(config.length).bytes(ByteBuffer.wrap(config));
        box.u8(SYNC).u8(1).u8(MP4_SYNC);
    }
}
