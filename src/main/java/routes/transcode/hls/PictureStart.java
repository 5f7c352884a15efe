package routes.transcode.hls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** When the picture of a segment of fragmented MP4 begins (ISO 14496-12, 8.8). */
final class PictureStart {
    /** ffmpeg counts tracks from 1, and the picture is mapped first. */
    private static final int PICTURE = 1;

    private static final int HEADER = 8;
    private static final int DATA_OFFSET = 0x1;
    private static final int FIRST_SAMPLE_FLAGS = 0x4;
    private static final int DURATION = 0x100;
    private static final int SIZE = 0x200;
    private static final int FLAGS = 0x400;
    private static final int COMPOSITION_OFFSET = 0x800;

    private PictureStart() {}

    /**
     * Sets the decode time of the picture's fragment so that its first frame is shown at that time. ffmpeg lets a fragment
     * start where the last frame of the one before ends by its average rate, since it does not know the next frame yet. The
     * first frame's duration makes up for it, so that the others stay at their times.
     *
     * @param segment with one fragment; left as it is if that has no picture
     * @param ticks of the picture's track
     * @throws IOException if it is no segment of fragmented MP4
     */
    static void set(Path segment, long ticks) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long at = 0;
            ByteBuffer header = read(file, at, HEADER);
            while (!isType(header, 0, "moof")) {
                at += Math.max(HEADER, Integer.toUnsignedLong(header.getInt(0)));
                header = read(file, at, HEADER);
            }
            ByteBuffer fragment = read(file, at + HEADER, header.getInt(0) - HEADER);
            if (set(fragment, ticks)) {
                file.write(fragment.rewind(), at + HEADER);
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("no fragment can be read in " + segment.getFileName(), e);
        }
    }

    private static ByteBuffer read(FileChannel file, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("a segment has no whole fragment");
            }
        }
        return bytes.flip();
    }

    /** @return whether the fragment was changed */
    private static boolean set(ByteBuffer fragment, long ticks) {
        int at = 0;
        while (at < fragment.limit()) {
            int size = fragment.getInt(at);
            ByteBuffer box = fragment.slice(at + HEADER, size - HEADER);
            if (isType(fragment, at, "traf") && find(box, "tfhd").orElseThrow().getInt(4) == PICTURE) {
                return setInTrack(box, ticks);
            }
            at += size;
        }
        return false;
    }

    private static boolean setInTrack(ByteBuffer track, long ticks) {
        Optional<ByteBuffer> run = find(track, "trun");
        Optional<ByteBuffer> time = find(track, "tfdt");
        if (run.isEmpty() || time.isEmpty() || run.get().getInt(4) == 0) {
            return false;
        }
        ByteBuffer box = time.get();
        boolean wide = box.get(0) != 0;
        long before = wide ? box.getLong(4) : Integer.toUnsignedLong(box.getInt(4));
        long decoded = ticks - firstOffset(run.get());
        if (before == decoded || decoded < 0 || !shorten(run.get(), decoded - before)) {
            return false;
        }
        if (wide) {
            box.putLong(4, decoded);
        } else {
            box.putInt(4, (int) decoded);
        }
        return true;
    }

    /**
     * @param by ticks, from the first frame's duration
     * @return whether the other frames, if there are any, stay at their times
     */
    private static boolean shorten(ByteBuffer run, long by) {
        if (run.getInt(4) == 1) {
            return true;
        }
        int flags = run.getInt(0);
        int at = HEADER + Integer.BYTES * Integer.bitCount(flags & (DATA_OFFSET | FIRST_SAMPLE_FLAGS));
        long duration = (flags & DURATION) == 0 ? 0 : Integer.toUnsignedLong(run.getInt(at)) - by;
        if (duration <= 0 || duration > Integer.MAX_VALUE) {
            return false;
        }
        run.putInt(at, (int) duration);
        return true;
    }

    /** @return composition offset of the first sample, in ticks */
    private static long firstOffset(ByteBuffer run) {
        int flags = run.getInt(0);
        if ((flags & COMPOSITION_OFFSET) == 0) {
            return 0;
        }
        int before = Integer.bitCount(flags & (DATA_OFFSET | FIRST_SAMPLE_FLAGS | DURATION | SIZE | FLAGS));
        int offset = run.getInt(HEADER + Integer.BYTES * before);
        return run.get(0) == 0 ? Integer.toUnsignedLong(offset) : offset;
    }

    private static Optional<ByteBuffer> find(ByteBuffer boxes, String type) {
        int at = 0;
        while (at < boxes.limit()) {
            int size = boxes.getInt(at);
            ByteBuffer box = boxes.slice(at + HEADER, size - HEADER);
            if (isType(boxes, at, type)) {
                return Optional.of(box);
            }
            at += size;
        }
        return Optional.empty();
    }

    private static boolean isType(ByteBuffer boxes, int at, String type) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        return boxes.getInt(at + 4) == ByteBuffer.wrap(name).getInt();
    }
}
