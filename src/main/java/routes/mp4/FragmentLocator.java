package routes.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Locates the tables of a remote fragmented file with small reads: the {@code moof} boxes that tell which frame is shown at
 * an instant. No samples are read, unless they are as few as a request costs. The bytes read are in a local file of the
 * same length, at their own offsets. Fragments that are not needed are a {@code free} box there.
 */
public final class FragmentLocator {
    /** Bytes of a read: enough for most fragments' tables. */
    private static final int PROBE = 1024;
    /** Maximum bytes of samples that are read with the tables around them. */
    private static final int NEAR = 16 * 1024;
    /** Bytes of a read if the tables are that near to each other. */
    private static final int BLOCK = 256 * 1024;
    /** Reads after which the rest is read in large blocks. */
    private static final int MOST_READS = 256;

    private static final int LARGE_BLOCK = 8 * 1024 * 1024;
    /** Fragments that are read before the index at the end of the file is looked for. */
    private static final int FEW_READS = 8;
    /** Bytes; so many are left if the index is looked for. */
    private static final int SMALL = 1024 * 1024;
    /** Bytes; the index has about 20 for each fragment. */
    private static final int LONGEST_INDEX = 4 * 1024 * 1024;
    /** Maximum shift between decode time and presentation. */
    private static final long SLACK_SECONDS = 10;
    /** Fragments after the instant, with which the clocks of the others are compared. */
    private static final int AFTER = 4;

    private static final int INDEX_END = 16;
    private static final int LARGE_HEADER = 16;

    private final Path file;
    private final long length;
    private final Duration until;
    private final VideoClock clock;
    private final TreeMap<Long, Long> index = new TreeMap<>();
    private long at;
    private long known;
    private int reads;
    private int after;
    private boolean enough;
    private boolean isJumpPossible = true;
    private boolean isIndexKnown;
    private boolean isReadingIndex;
    private long indexFrom;
    private long landing = -1;

    /**
     * @param file with the {@code moov} box
     * @param until from the first frame to the instant; null to read all fragments up to the last one
     * @throws MalformedMp4Exception if there is no {@code moov} box, or it cannot be parsed
     */
    public FragmentLocator(Path file, Duration until) throws IOException, MalformedMp4Exception {
        this.file = file;
        this.until = until;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            this.length = channel.size();
            this.indexFrom = length;
            BoxHeader moov = Movie.find(channel);
            this.clock = VideoClock.of(moov.load(channel));
            this.at = moov.to();
            this.known = moov.to();
        }
    }

    /**
     * @return the next range to read; empty once the tables are complete
     * @throws MalformedMp4Exception if they cannot be parsed
     */
    public Optional<ByteRange> next() throws IOException, MalformedMp4Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            while (!enough && length - at >= Box.HEADER) {
                long head = Math.min(at + BoxHeader.HEADER, length);
                if (known < head) {
                    Optional<ByteRange> end = nextOfIndex(channel);
                    if (end.isPresent()) {
                        return end;
                    }
                    if (!jump()) {
                        return Optional.of(range(head));
                    }
                    continue;
                }
                BoxHeader box;
                try {
                    box = BoxHeader.read(channel, at);
                } catch (MalformedMp4Exception truncated) {
                    break;
                }
                if (landing >= 0) {
                    land(channel, box);
                    continue;
                }
                boolean isTable = box.type().equals("moof") || box.type().equals("sidx");
                if (isTable && box.to() - box.body() > FragmentTables.LONGEST_FRAGMENT) {
                    throw Box.impossible(box.type(), box.to() - box.from());
                }
                if (isTable && known < box.to()) {
                    return Optional.of(range(Math.min(length, box.to() + BoxHeader.HEADER)));
                }
                if (isTable) {
                    read(box.load(channel), box.to());
                }
                at = box.to();
            }
            if (enough) {
                hide(channel, at, length);
            }
            return Optional.empty();
        }
    }

    /** @param range of {@link #next}, now in the local file */
    public void found(ByteRange range) {
        if (isReadingIndex) {
            indexFrom = range.from();
        } else {
            known = Math.min(range.to(), length);
        }
        isReadingIndex = false;
        reads++;
    }

    private ByteRange range(long least) {
        boolean isMany = reads > MOST_READS;
        boolean isNear = at <= known || at - known <= (isMany ? LARGE_BLOCK : NEAR);
        long from = isNear ? known : at;
        int size = isMany ? LARGE_BLOCK : from < at ? BLOCK : PROBE;
        return new ByteRange(from, Math.min(length, Math.max(least, from + size)));
    }

    private void read(Box table, long end) throws MalformedMp4Exception {
        if (table.type().equals("sidx")) {
            if (!clock.isStarted() && index.isEmpty()) {
                index.putAll(FragmentIndex.ofSegments(table, end));
                isIndexKnown = index.size() > 1;
            }
            return;
        }
        Optional<Duration> begin = clock.read(table);
        isJumpPossible &= clock.isReliable();
        if (until != null && begin.isPresent() && clock.isReliable()) {
            after = begin.get().compareTo(until.plusSeconds(SLACK_SECONDS)) > 0 ? after + 1 : 0;
            enough = after >= AFTER;
        }
    }

    /** The index at the end of the file has its own length at its end. */
    private Optional<ByteRange> nextOfIndex(FileChannel channel) throws IOException {
        if (isIndexKnown || !isJumpPossible || reads < FEW_READS || length - at <= SMALL) {
            return Optional.empty();
        }
        if (indexFrom == length) {
            isReadingIndex = true;
            return Optional.of(new ByteRange(length - PROBE, length));
        }
        ByteBuffer end = ByteBuffer.allocate(INDEX_END);
        channel.read(end, length - INDEX_END);
        long size = Box.name(end, Integer.BYTES).equals("mfro") ? Integer.toUnsignedLong(end.getInt(12)) : 0;
        if (size >= INDEX_END && size <= LONGEST_INDEX && size <= length - at) {
            if (length - size < indexFrom) {
                isReadingIndex = true;
                return Optional.of(new ByteRange(length - size, indexFrom));
            }
            try {
                Box mfra = BoxHeader.read(channel, length - size).load(channel);
                index.putAll(FragmentIndex.ofMovie(mfra, clock.track()));
            } catch (MalformedMp4Exception e) {
                // without an index, all fragments are read
                index.clear();
            }
        }
        isIndexKnown = true;
        return Optional.empty();
    }

    /** @return whether the next box to be read is a later one, by the index */
    private boolean jump() {
        if (!isJumpPossible || !isIndexKnown || !clock.isStarted()) {
            return false;
        }
        isJumpPossible = false;
        Map.Entry<Long, Long> target =
                until == null ? index.lastEntry() : index.floorEntry(clock.ticks(until.minusSeconds(SLACK_SECONDS)));
        if (target == null || target.getValue() - at < LARGE_HEADER || target.getValue() >= length) {
            return false;
        }
        landing = at;
        at = target.getValue();
        known = Math.max(known, at);
        return true;
    }

    /** Continues behind the jump if there is a fragment, as the index says; otherwise before it. */
    private void land(FileChannel channel, BoxHeader box) throws IOException {
        if (box.type().equals("moof") || box.type().equals("sidx") || box.type().equals("styp")) {
            hide(channel, landing, at);
        } else {
            at = landing;
            known = landing;
        }
        landing = -1;
    }

    private static void hide(FileChannel channel, long from, long to) throws IOException {
        if (to - from >= LARGE_HEADER) {
            ByteBuffer header = ByteBuffer.allocate(LARGE_HEADER)
                    .putInt(1)
                    .put(new byte[] {'f', 'r', 'e', 'e'})
                    .putLong(to - from)
                    .flip();
            while (header.hasRemaining()) {
                channel.write(header, from + header.position());
            }
        }
    }
}
