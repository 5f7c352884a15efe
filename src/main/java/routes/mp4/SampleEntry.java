package routes.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How samples of a track are coded: an entry of its {@code stsd}.
 *
 * @param type such as {@code avc1}
 * @param width in pixels; 0 where the track has none
 * @param height in pixels; 0 where the track has none
 * @param box the entry itself, big endian, header included
 */
public record SampleEntry(String type, int width, int height, ByteBuffer box) {
    private static final int HEADER = 8;
    /** Where the boxes within an entry begin, counted from the end of its header. */
    private static final int VIDEO_BOXES = 78;

    private static final int AUDIO_BOXES = 28;
    /** Where in hvcC the bytes of a length are told. */
    private static final int HEVC_LENGTH = 21;

    private static final int SAMPLE_BITS = 16;
    private static final Set<String> LOOKS = Set.of("pasp", "colr", "clap", "mdcv", "clli");
    private static final String SQUARE = "1/1";
    /** Entries of one track; every recorder's restart may add one. */
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
                // a copy, since the rest of the track's tables is not to live as long
                ByteBuffer.allocate(entry.limit()).put(entry).flip());
    }

    /** @return whether its samples are encrypted (ISO 23001-7, or a scheme of a vendor's own) */
    public boolean isEncrypted() {
        try {
            return type.startsWith("enc")
                    || boxes(width > 0 ? VIDEO_BOXES : AUDIO_BOXES).stream()
                            .anyMatch(b -> b.type().equals("sinf"));
        } catch (MalformedMp4Exception e) {
            // what cannot be read is not labelled
            return false;
        }
    }

    public boolean isAvc() {
        return type.equals("avc1");
    }

    public boolean isAac() {
        return type.equals("mp4a");
    }

    /** @throws MalformedMp4Exception when it holds no H.264 configuration, or one that cannot be read */
    public AvcConfig avc() throws MalformedMp4Exception {
        return need("avcC", VIDEO_BOXES).read(AvcConfig::read);
    }

    /**
     * @return bytes of the length before each NAL unit of HEVC; empty of another codec
     * @throws MalformedMp4Exception when it holds no HEVC configuration
     */
    Optional<Integer> hevcLengthBytes() throws MalformedMp4Exception {
        return type.equals("hvc1") || type.equals("hev1")
                ? Optional.of(need("hvcC", VIDEO_BOXES).read(b -> (b.get(HEVC_LENGTH) & 3) + 1))
                : Optional.empty();
    }

    /** @throws MalformedMp4Exception when it holds no AAC configuration, or one that cannot be read */
    public AacConfig aac() throws MalformedMp4Exception {
        return need("esds", AUDIO_BOXES).read(AacConfig::read);
    }

    /** @return the width of a pixel and its height, such as 12/11; empty where the entry does not tell */
    public Optional<String> pixelShape() {
        return read("pasp", SampleEntry::pixelShape);
    }

    private static String pixelShape(ByteBuffer pasp) {
        long width = Integer.toUnsignedLong(pasp.getInt());
        long height = Integer.toUnsignedLong(pasp.getInt());
        return width == 0 || height == 0 ? SQUARE : width + "/" + height;
    }

    /** @return transfer characteristics of the colours (ITU-T H.273), where the entry tells */
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

    /** @return the same, of which as much is shown as of another one of the same size */
    public SampleEntry clippedAs(SampleEntry other) throws MalformedMp4Exception {
        Optional<Box> clap = other.boxes(VIDEO_BOXES).stream()
                .filter(b -> b.type().equals("clap"))
                .findFirst();
        if (clap.isEmpty() || width != other.width || height != other.height) {
            return this;
        }
        ByteBuffer entry = BoxWriter.inMemory(b -> b.box(type, inner -> {
            inner.bytes(box.slice(HEADER, box.limit() - HEADER));
            inner.box("clap", copy -> copy.bytes(clap.get().body()));
        }));
        return new SampleEntry(type, width, height, entry);
    }

    /** @return the same with other parameter sets */
    public SampleEntry with(AvcConfig config) throws MalformedMp4Exception {
        List<Box> boxes = boxes(VIDEO_BOXES);
        ByteBuffer entry = BoxWriter.inMemory(b -> b.box(type, inner -> {
            inner.bytes(box.slice(HEADER, VIDEO_BOXES));
            inner.box("avcC", config::write);
            // shape and colours of the picture; what else there is may hold no longer, such as the bit rate
            boxes.stream()
                    .filter(known -> LOOKS.contains(known.type()))
                    .forEach(known -> inner.box(known.type(), copy -> copy.bytes(known.body())));
        }));
        return new SampleEntry(type, width, height, entry);
    }

    /** @return an entry for AAC that says no more than a decoder must be told */
    static SampleEntry of(AacConfig config) {
        ByteBuffer entry = BoxWriter.inMemory(e -> e.box("mp4a", b -> {
            b.zeros(6).u16(1).zeros(8).u16(config.channels()).u16(SAMPLE_BITS).u32(0);
            // 16.16 bits; higher rates stand in esds only
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
