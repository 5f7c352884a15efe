package routes.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Separates samples of H.264 and HEVC that start a picture from those that only belong to one: parameter sets, SEI or
 * delimiters as samples of their own, second fields, separate slices. Recorders that write packets as they arrive
 * produce them.
 */
public final class PictureSamples {
    private static final int AVC_SLICE = 1;
    private static final int AVC_LAST_SLICE = 5;
    /** Last of the types between 6 and this one that accompany pictures: parameter sets, SEI, delimiters, extensions. */
    private static final int AVC_LAST_KNOWN = 21;

    private static final int HEVC_LAST_SLICE = 31;
    /** Last of the types after the slices that accompany pictures. */
    private static final int HEVC_LAST_KNOWN = 47;
    /** Bytes of a slice that contain its field. */
    private static final int SLICE_HEADER = 24;

    private enum Role {
        NO_PICTURE,
        BEGINS,
        CONTINUES
    }

    private final FileChannel file;
    private final boolean hevc;
    private final int lengthBytes;
    /** Set for a track whose pictures may be fields; otherwise null. */
    private final Sps fields;
    /** Of a first field without its second yet: frame number, and whether it is the bottom field. */
    private long openFrame = -1;

    private boolean openBottom;

    private PictureSamples(FileChannel file, boolean hevc, int lengthBytes, Sps fields) {
        this.file = file;
        this.hevc = hevc;
        this.lengthBytes = lengthBytes;
        this.fields = fields;
    }

    /**
     * The track with such samples merged into their pictures if they are adjacent in the file.
     *
     * @param apart times in ticks of second fields and slices elsewhere in the file: samples, but no frames
     */
    public record Joined(Track track, Set<Long> apart) {}

    /**
     * @param file with the samples
     * @param from index of the first sample to read
     * @param to index after the last one; there are none if it is not larger
     */
    public static Joined join(FileChannel file, Track track, int from, int to) throws IOException {
        Optional<PictureSamples> reader = of(file, track.entry());
        if (reader.isEmpty() || from >= to) {
            return new Joined(track, Set.of());
        }
        Role[] roles = new Role[to - from];
        boolean plain = true;
        for (int i = from; i < to; i++) {
            roles[i - from] = reader.get().role(track.samples().range(i));
            plain &= roles[i - from] == Role.BEGINS;
        }
        return plain ? new Joined(track, Set.of()) : join(track, from, roles);
    }

    private static Optional<PictureSamples> of(FileChannel file, SampleEntry entry) {
        try {
            if (entry.type().startsWith("avc")) {
                List<Sps> sequences = entry.avc().sequences();
                boolean interlaced = sequences.size() == 1 && !sequences.get(0).progressive();
                int lengthBytes = entry.avc().lengthBytes();
                return Optional.of(new PictureSamples(file, false, lengthBytes, interlaced ? sequences.get(0) : null));
            }
            return entry.hevcLengthBytes().map(lengthBytes -> new PictureSamples(file, true, lengthBytes, null));
        } catch (MalformedMp4Exception e) {
            return Optional.empty();
        }
    }

    /** A sample that cannot be parsed is left to the decoder. */
    private Role role(ByteRange sample) throws IOException {
        long at = sample.from();
        while (at + lengthBytes < sample.to()) {
            ByteBuffer head = read(at, lengthBytes + SLICE_HEADER, sample.to());
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | Byte.toUnsignedInt(head.get());
            }
            int headerBytes = hevc ? 2 : 1;
            if (length > sample.to() - at - lengthBytes || length == 0 || head.remaining() <= headerBytes) {
                return Role.BEGINS;
            }
            int type = hevc ? head.get(head.position()) >> 1 & 63 : head.get(head.position()) & 31;
            boolean slice = hevc ? type <= HEVC_LAST_SLICE : type >= AVC_SLICE && type <= AVC_LAST_SLICE;
            if (slice) {
                // in both codecs the first bit says whether a slice is the first of its picture
                boolean first = head.get(head.position() + headerBytes) < 0;
                return first && !isSecondField(head) ? Role.BEGINS : Role.CONTINUES;
            }
            if (type == 0 || type > (hevc ? HEVC_LAST_KNOWN : AVC_LAST_KNOWN)) {
                // possibly a damaged slice
                return Role.BEGINS;
            }
            at += lengthBytes + length;
        }
        // too few bytes for a unit: the decoder loses a picture there, and must not lose the next one with it
        return at == sample.to() && at > sample.from() ? Role.NO_PICTURE : Role.BEGINS;
    }

    private boolean isSecondField(ByteBuffer slice) {
        if (fields == null) {
            return false;
        }
        byte[] bytes = new byte[slice.remaining()];
        slice.duplicate().get(bytes);
        try {
            BitReader bits = new BitReader(bytes);
            bits.read(8);
            bits.unsigned();
            bits.unsigned();
            bits.unsigned();
            bits.read(fields.planes() ? 2 : 0);
            long frame = bits.read(fields.frameNumberBits());
            boolean field = bits.flag();
            boolean bottom = field && bits.flag();
            boolean second = field && openFrame == frame && openBottom != bottom;
            openFrame = field && !second ? frame : -1;
            openBottom = bottom;
            return second;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return false;
        }
    }

    private ByteBuffer read(long at, int most, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, end - at));
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = file.read(bytes, at + bytes.position());
        }
        return bytes.flip();
    }

    private static Joined join(Track track, int from, Role... roles) {
        Samples samples = track.samples();
        ListedSamples.Builder joined = new ListedSamples.Builder();
        Set<Long> apart = new HashSet<>();
        int first = track.firstSample();
        ByteRange before = null;
        boolean beforeIsKeyframe = false;
        ByteRange picture = null;
        long time = 0;
        boolean keyframe = false;
        for (int i = 0; i < samples.count(); i++) {
            Role role = i < from || i >= from + roles.length ? Role.BEGINS : roles[i - from];
            ByteRange place = samples.range(i);
            boolean own = samples.keyframes().get(i);
            if (role == Role.CONTINUES && picture != null && picture.to() == place.from()) {
                picture = new ByteRange(picture.from(), place.to());
                continue;
            }
            if (picture != null) {
                joined.add(time, picture, keyframe, 0);
                picture = null;
            }
            first = i == track.firstSample() ? joined.count() : first;
            if (role == Role.NO_PICTURE) {
                boolean beside = before != null && before.to() == place.from();
                before = beside ? new ByteRange(before.from(), place.to()) : place;
                beforeIsKeyframe = own || (beside && beforeIsKeyframe);
                continue;
            }
            boolean beside = before != null && before.to() == place.from();
            picture = beside ? new ByteRange(before.from(), place.to()) : place;
            keyframe = own || (before != null && beforeIsKeyframe);
            time = samples.time(i);
            before = null;
            beforeIsKeyframe = false;
            if (role == Role.CONTINUES) {
                apart.add(time);
            }
        }
        if (picture != null) {
            joined.add(time, picture, keyframe, 0);
        }
        Track parted = track.with(joined.build(samples.lastDuration()).samples(), first);
        return new Joined(parted, apart);
    }
}
