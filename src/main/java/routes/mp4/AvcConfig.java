package routes.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The H.264 configuration of a track, {@code avcC} (ISO 14496-15).
 *
 * @param head version, profile, compatibility, level, as hexadecimal digits
 * @param lengthBytes size of the length field before each NAL unit
 * @param sequenceSets each as hexadecimal digits
 * @param pictureSets each as hexadecimal digits
 * @param tail bytes after the sets, as hexadecimal digits
 */
public record AvcConfig(
        String head, int lengthBytes, List<String> sequenceSets, List<String> pictureSets, String tail) {
    private static final HexFormat HEX = HexFormat.of();
    private static final int MOST_IDS = 32;
    /** Maxima of the count fields in {@code avcC}. */
    private static final int MOST_SEQUENCE_SETS = 31;

    private static final int MOST_PICTURE_SETS = 255;
    private static final int TYPE = 31;
    private static final int SEQUENCE_SET = 7;

    static AvcConfig read(ByteBuffer b) {
        byte[] head = new byte[4];
        b.get(head);
        int lengthBytes = 1 + (b.get() & 3);
        List<String> sequences = sets(b, b.get() & 31);
        List<String> pictures = sets(b, b.get() & 255);
        byte[] tail = new byte[b.remaining()];
        b.get(tail);
        return new AvcConfig(HEX.formatHex(head), lengthBytes, sequences, pictures, HEX.formatHex(tail));
    }

    private static List<String> sets(ByteBuffer b, int count) {
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] set = new byte[Short.toUnsignedInt(b.getShort())];
            b.get(set);
            sets.add(HEX.formatHex(set));
        }
        return List.copyOf(sets);
    }

    void write(BoxWriter box) {
        box.bytes(ByteBuffer.wrap(HEX.parseHex(head))).u8(0xFC | (lengthBytes - 1));
        box.u8(0xE0 | sequenceSets.size());
        write(box, sequenceSets);
        box.u8(pictureSets.size());
        write(box, pictureSets);
        box.bytes(ByteBuffer.wrap(HEX.parseHex(tail)));
    }

    private static void write(BoxWriter box, List<String> sets) {
        for (String set : sets) {
            byte[] unit = HEX.parseHex(set);
            box.u16(unit.length).bytes(ByteBuffer.wrap(unit));
        }
    }

    /**
     * @return this configuration plus the sets of another
     * @throws MalformedMp4Exception if both use an id for different sets
     */
    public AvcConfig and(AvcConfig other) throws MalformedMp4Exception {
        AvcConfig both = new AvcConfig(
                head,
                lengthBytes,
                union(sequenceSets, other.sequenceSets),
                union(pictureSets, other.pictureSets),
                tail);
        Set<Long> ids = new LinkedHashSet<>();
        for (Sps sequence : both.sequences()) {
            ids.add((long) sequence.id());
        }
        Set<Long> pictureIds = new LinkedHashSet<>();
        for (String set : both.pictureSets) {
            pictureIds.add(pictureId(HEX.parseHex(set)));
        }
        if (ids.size() < both.sequenceSets.size() || pictureIds.size() < both.pictureSets.size()) {
            throw new MalformedMp4Exception("two parameter sets have the same id");
        }
        if (ids.size() > MOST_SEQUENCE_SETS || pictureIds.size() > MOST_PICTURE_SETS) {
            throw new MalformedMp4Exception("there are more parameter sets than a configuration can hold");
        }
        return both;
    }

    /**
     * @param units sequence and picture parameter sets
     * @return this configuration with these sets in place of those with the same id
     * @throws MalformedMp4Exception if a set cannot be parsed
     */
    AvcConfig replacing(List<byte[]> units) throws MalformedMp4Exception {
        Map<Long, String> sequences = new LinkedHashMap<>();
        Map<Long, String> pictures = new LinkedHashMap<>();
        for (String set : sequenceSets) {
            sequences.put((long) Sps.read(HEX.parseHex(set)).id(), set);
        }
        for (String set : pictureSets) {
            pictures.put(pictureId(HEX.parseHex(set)), set);
        }
        for (byte[] unit : units) {
            if ((unit[0] & TYPE) == SEQUENCE_SET) {
                sequences.put((long) Sps.read(unit).id(), HEX.formatHex(unit));
            } else {
                pictures.put(pictureId(unit), HEX.formatHex(unit));
            }
        }
        return new AvcConfig(head, lengthBytes, List.copyOf(sequences.values()), List.copyOf(pictures.values()), tail);
    }

    private static List<String> union(List<String> a, List<String> b) {
        Set<String> all = new LinkedHashSet<>(a);
        all.addAll(b);
        return List.copyOf(all);
    }

    /** @return whether a parameter set within a sample is one of these */
    boolean holds(byte[] unit) {
        String set = HEX.formatHex(unit);
        return sequenceSets.contains(set) || pictureSets.contains(set);
    }

    /** @throws MalformedMp4Exception if a set cannot be parsed */
    public List<Sps> sequences() throws MalformedMp4Exception {
        List<Sps> read = new ArrayList<>();
        for (String set : sequenceSets) {
            read.add(Sps.read(HEX.parseHex(set)));
        }
        return read;
    }

    /**
     * @return an id that no sequence or picture parameter set uses, 1 to 31; -1 if all are used
     * @throws MalformedMp4Exception if a set cannot be parsed
     */
    public int freeId() throws MalformedMp4Exception {
        Set<Long> used = new LinkedHashSet<>();
        for (Sps sequence : sequences()) {
            used.add((long) sequence.id());
        }
        for (String set : pictureSets) {
            used.add(pictureId(HEX.parseHex(set)));
        }
        return IntStream.range(1, MOST_IDS)
                .filter(id -> !used.contains((long) id))
                .findFirst()
                .orElse(-1);
    }

    private static long pictureId(byte[] unit) throws MalformedMp4Exception {
        try {
            BitReader bits = new BitReader(unit);
            bits.read(8);
            return bits.unsigned();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new MalformedMp4Exception("a picture parameter set cannot be read");
        }
    }
}
