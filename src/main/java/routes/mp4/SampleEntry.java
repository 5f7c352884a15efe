package routes.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sample entry of a track: an entry of its {@code stsd}.
 *
 * @param type such as {@code avc1}
 * @param width in pixels; 0 if the track has none
 * @param height in pixels; 0 if the track has none
 * @param box the whole entry, big endian, header included
 */
public record SampleEntry(String type, int width, int height, ByteBuffer box) {
    private static final int HEADER = 8;
    /** Start of the child boxes, counted from the end of the entry's header. */
    private static final int VIDEO_BOXES = 78;

    private static final int AUDIO_BOXES = 28;
    /** Offset of lengthSizeMinusOne in hvcC. */
    private static final int HEVC_LENGTH = 21;

    private static final int SAMPLE_BITS = 16;
    private static final Set<String> APPEARANCE = Set.of("pasp", "colr", "clap", "mdcv", "clli");
    private static final String SQUARE = "1/1";
    /** Maximum entries of a track; a recorder may add one with each restart. */
    private static final int MOST = 1000;

    /** @return all entries of an {@code stsd}, at least one */
    static List<SampleEntry> read(ByteBuffer stsd, String kind) throws MalformedMp4Exception {
        int count = Box.entries(stsd, HEADER);
        List<SampleEntry> entries = new ArrayList<>();
        while (entries.size() < count) {
            int size = stsd.getInt(stsd.position());
            entries.add(of(stsd.slice(stsd.position(), size), kind));
            stsd.position(stsd.position() + size);
        }
        if (entries.isEmpty() || entries.size() > MOST) {
            throw new MalformedMp4Exception("stsd has " + entries.size() + " entries");
        }
        return List.copyOf(entries);
    }

    private static SampleEntry of(ByteBuffer entry, String kind) {
        boolean video = kind.equals("vide");
        return new SampleEntry(
                Box.name(entry, 4),
                video ? Short.toUnsignedInt(entry.getShort(32)) : 0,
                video ? Short.toUnsignedInt(entry.getShort(34)) : 0,
                // a copy, so that the rest of the tables can be released
                ByteBuffer.allocate(entry.limit()).put(entry).flip());
    }

    /** @return whether its samples are encrypted (ISO 23001-7, or a vendor's scheme) */
    public boolean isEncrypted() {
        try {
            return type.startsWith("enc")
                    || boxes(width > 0 ? VIDEO_BOXES : AUDIO_BOXES).stream()
                            .anyMatch(b -> b.type().equals("sinf"));
        } catch (MalformedMp4Exception e) {
            // an entry that cannot be parsed has no mark
            return false;
        }
    }

    public boolean isAvc() {
        return type.equals("avc1");
    }

    public boolean isAac() {
        return type.equals("mp4a");
    }

    /** @throws MalformedMp4Exception if it has no H.264 configuration, or one that cannot be parsed */
    public AvcConfig avc() throws MalformedMp4Exception {
        return need("avcC", VIDEO_BOXES).read(AvcConfig::read);
    }

    /**
     * @return size of the length field before each NAL unit of HEVC; empty for another codec
     * @throws MalformedMp4Exception if it has no HEVC configuration
     */
    Optional<Integer> hevcLengthBytes() throws MalformedMp4Exception {
        return type.equals("hvc1") || type.equals("hev1")
                ? Optional.of(need("hvcC", VIDEO_BOXES).read(b -> (b.get(HEVC_LENGTH) & 3) + 1))
                : Optional.empty();
    }

    /** @throws MalformedMp4Exception if it has no AAC configuration, or one that cannot be parsed */
    public AacConfig aac() throws MalformedMp4Exception {
        return need("esds", AUDIO_BOXES).read(AacConfig::read);
    }

    /** @return pixel aspect ratio, such as 12/11; empty if the entry has none */
    public Optional<String> pixelShape() {
        return read("pasp", SampleEntry::pixelShape);
    }

    private static String pixelShape(ByteBuffer pasp) {
        long width = Integer.toUnsignedLong(pasp.getInt());
        long height = Integer.toUnsignedLong(pasp.getInt());
        return width == 0 || height == 0 ? SQUARE : width + "/" + height;
    }

    /** @return transfer characteristics (ITU-T H.273), if the entry has them */
    Optional<Integer> transfer() {
        return read("colr", b -> Box.name(b, 0).equals("nclx") ? (int) b.getShort(6) : null);
    }

    private <T> Optional<T> read(String name, Box.Reading<T> reading) {
        try {
            Optional<Box> found = boxes(VIDEO_BOXES).stream()
                    .filter(b -> b.type().equals(name))
                    .findFirst();
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(found.get().read(reading));
        } catch (MalformedMp4Exception e) {
            return Optional.empty();
        }
    }

    /**
     * @param other entry of the picture before its rotation
     * @param matrix the rotation
     * @return this entry with the clean aperture of the other one; unchanged if their sizes do not match
     */
    public SampleEntry withCleanAperture(SampleEntry other, Matrix matrix) throws MalformedMp4Exception {
        Optional<Box> clap = other.boxes(VIDEO_BOXES).stream()
                .filter(b -> b.type().equals("clap"))
                .findFirst();
        boolean quarter = matrix.isQuarterTurn();
        if (clap.isEmpty()
                || width != (quarter ? other.height : other.width)
                || height != (quarter ? other.width : other.height)) {
            return this;
        }
        ByteBuffer turned = CleanAperture.turned(clap.get().body(), matrix);
        ByteBuffer entry = BoxWriter.inMemory(b -> b.box(type, inner -> {
            inner.bytes(box.slice(HEADER, box.limit() - HEADER));
            inner.box("clap", copy -> copy.bytes(turned));
        }));
        return new SampleEntry(type, width, height, entry);
    }

    /** @return this entry with other parameter sets */
    public SampleEntry with(AvcConfig config) throws MalformedMp4Exception {
        List<Box> boxes = boxes(VIDEO_BOXES);
        ByteBuffer entry = BoxWriter.inMemory(b -> b.box(type, inner -> {
            inner.bytes(box.slice(HEADER, VIDEO_BOXES));
            inner.box("avcC", config::write);
            // keeps aspect ratio and colours; other boxes, such as the bit rate, may no longer be correct
            boxes.stream()
                    .filter(known -> APPEARANCE.contains(known.type()))
                    .forEach(known -> inner.box(known.type(), copy -> copy.bytes(known.body())));
        }));
        return new SampleEntry(type, width, height, entry);
    }

    /** @return an entry for AAC with only what a decoder requires */
    static SampleEntry of(AacConfig config) {
        ByteBuffer entry = BoxWriter.inMemory(e -> e.box("mp4a", b -> {
            b.zeros(6).u16(1).zeros(8).u16(config.channels()).u16(SAMPLE_BITS).u32(0);
            // 16.16 fixed point; higher rates are in esds only
            b.u16(config.rate() < 1 << 16 ? config.rate() : 0).u16(0).box("esds", config::write);
        }));
        return new SampleEntry("mp4a", 0, 0, entry);
    }

    private Box need(String name, int skip) throws MalformedMp4Exception {
        Optional<Box> found =
                boxes(skip).stream().filter(b -> b.type().equals(name)).findFirst();
        return found.orElseThrow(() -> new MalformedMp4Exception("a sample entry has no '" + name + "'"));
    }

    private List<Box> boxes(int skip) throws MalformedMp4Exception {
        if (box.limit() < HEADER + skip) {
            throw new MalformedMp4Exception("a sample entry ends too early");
        }
        return Box.parse(box.slice(HEADER + skip, box.limit() - HEADER - skip));
    }
}
