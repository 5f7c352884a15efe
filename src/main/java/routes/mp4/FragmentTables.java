package routes.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the samples of movie fragments: {@code moof} boxes after the header. Samples beyond the end of a truncated file
 * are ignored.
 */
final class FragmentTables {
    /** Bytes of a fragment without its samples. */
    static final long LONGEST_FRAGMENT = 16L * 1024 * 1024;
    /** Some recorders write two per frame. */
    private static final int MOST_BOXES = 4_000_000;

    private static final int BASE_OFFSET = 1;
    private static final int DESCRIPTION = 2;
    private static final int DURATION = 8;
    private static final int SIZE = 0x10;
    private static final int FLAGS = 0x20;
    private static final int BASE_IS_MOOF = 0x20000;

    private final long fileLength;
    private final Map<Integer, FragmentedTrack> tracks = new HashMap<>();

    private FragmentTables(long fileLength) {
        this.fileLength = fileLength;
    }

    /**
     * Defaults of a sample.
     *
     * @param entry index in {@code stsd}, from 0
     * @param duration in ticks
     * @param size in bytes
     * @param flags as in ISO 14496-12, 8.8.3.1
     */
    record Defaults(int entry, long duration, long size, int flags) {
        static final Defaults NONE = new Defaults(0, 0, 0, 0);

        static Defaults read(ByteBuffer trex) {
            return new Defaults(
                    Math.max(0, trex.getInt(8) - 1), unsigned(trex, 12), unsigned(trex, 16), trex.getInt(20));
        }
    }

    /**
     * @param mvex defaults of all fragments, if any
     * @param listed the samples in the header itself, by track
     * @return the samples in the header and in all fragments, by track
     * @throws MalformedMp4Exception if a complete fragment cannot be parsed
     */
    static Map<TrackHeader, ListedSamples> read(
            FileChannel channel, Optional<Box> mvex, Map<TrackHeader, ListedSamples> listed)
            throws IOException, MalformedMp4Exception {
        FragmentTables tables = new FragmentTables(channel.size());
        Map<Integer, Defaults> defaults = new HashMap<>();
        for (Box box : mvex.isPresent() ? mvex.get().children() : List.<Box>of()) {
            if (box.type().equals("trex")) {
                defaults.put(box.read(b -> b.getInt(4)), box.read(Defaults::read));
            }
        }
        for (Map.Entry<TrackHeader, ListedSamples> track : listed.entrySet()) {
            int id = track.getKey().id();
            FragmentedTrack other = tables.tracks.put(
                    id,
                    new FragmentedTrack(
                            track.getKey(),
                            defaults.getOrDefault(id, Defaults.NONE),
                            track.getValue(),
                            tables.fileLength));
            if (other != null) {
                throw new MalformedMp4Exception("two tracks have the id " + id);
            }
        }
        tables.readAll(channel);
        Map<TrackHeader, ListedSamples> all = new HashMap<>();
        for (Map.Entry<TrackHeader, ListedSamples> track : listed.entrySet()) {
            all.put(track.getKey(), tables.tracks.get(track.getKey().id()).samples());
        }
        return all;
    }

    private void readAll(FileChannel channel) throws IOException, MalformedMp4Exception {
        long at = 0;
        for (int boxes = 0; fileLength - at >= Box.HEADER; boxes++) {
            BoxHeader box;
            try {
                box = BoxHeader.read(channel, at);
            } catch (MalformedMp4Exception e) {
                // truncated
                return;
            }
            if (box.type().equals("moof")) {
                if (box.to() - box.body() > LONGEST_FRAGMENT) {
                    throw Box.impossible(box.type(), box.to() - box.from());
                }
                readFragment(box.load(channel), box.from());
            }
            if (boxes == MOST_BOXES) {
                throw new MalformedMp4Exception("a file has more than " + MOST_BOXES + " boxes");
            }
            at = box.to();
        }
    }

    private void readFragment(Box moof, long from) throws MalformedMp4Exception {
        if (tracks.values().stream().anyMatch(FragmentedTrack::isCutOff)) {
            throw new MalformedMp4Exception(
                    "a fragment that is not the last one lists samples beyond the end of the file");
        }
        // by default, data of the first track start with the fragment, those of others after the previous track's
        long base = from;
        for (Box traf : moof.children()) {
            if (traf.type().equals("traf")) {
                base = readTrack(traf, from, base);
            }
        }
    }

    /** @return default start of the next track's data */
    private long readTrack(Box traf, long moof, long base) throws MalformedMp4Exception {
        Box tfhd = traf.need("tfhd");
        FragmentedTrack track = tracks.get(tfhd.read(b -> b.getInt(4)));
        if (track == null) {
            return base;
        }
        int flags = tfhd.read(b -> b.getInt(0));
        Defaults defaults = tfhd.read(b -> defaults(b, flags, track.defaults()));
        long data =
                (flags & BASE_OFFSET) != 0 ? tfhd.read(b -> b.getLong(8)) : (flags & BASE_IS_MOOF) != 0 ? moof : base;
        Optional<Box> tfdt = traf.find("tfdt");
        if (tfdt.isPresent()) {
            track.begin(tfdt.get().read(b -> b.get(0) == 1 ? b.getLong(4) : unsigned(b, 4)));
        } else {
            track.begin();
        }
        long end = data;
        for (Box trun : traf.children()) {
            if (trun.type().equals("trun")) {
                end = track.add(trun, defaults, data, end);
            }
        }
        return end;
    }

    private static Defaults defaults(ByteBuffer tfhd, int flags, Defaults of) {
        tfhd.position(8 + ((flags & BASE_OFFSET) != 0 ? Long.BYTES : 0));
        int entry = (flags & DESCRIPTION) != 0 ? Math.max(0, tfhd.getInt() - 1) : of.entry();
        long duration = (flags & DURATION) != 0 ? Integer.toUnsignedLong(tfhd.getInt()) : of.duration();
        long size = (flags & SIZE) != 0 ? Integer.toUnsignedLong(tfhd.getInt()) : of.size();
        return new Defaults(entry, duration, size, (flags & FLAGS) != 0 ? tfhd.getInt() : of.flags());
    }

    private static long unsigned(ByteBuffer b, int at) {
        return Integer.toUnsignedLong(b.getInt(at));
    }
}
