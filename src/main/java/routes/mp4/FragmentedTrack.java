package routes.mp4;

import java.nio.ByteBuffer;

/** The samples of one track while its fragments are read. */
final class FragmentedTrack {
    private static final int DATA_OFFSET = 1;
    private static final int FIRST_FLAGS = 4;
    private static final int EACH_DURATION = 0x100;
    private static final int EACH_SIZE = 0x200;
    private static final int EACH_FLAGS = 0x400;
    private static final int EACH_OFFSET = 0x800;
    private static final int NOT_A_KEYFRAME = 0x10000;
    /** Maximum size of a PCM sample, all channels together, in bytes. */
    private static final int LARGEST_RAW = 64;

    private final TrackHeader header;
    private final FragmentTables.Defaults defaults;
    private final long fileLength;
    private final ListedSamples listed;
    private final ListedSamples.Builder samples = new ListedSamples.Builder();
    private final FragmentClock clock = new FragmentClock();
    private long lastDuration = 1;
    private boolean cutOff;

    /** @param listed the samples in the header itself */
    FragmentedTrack(TrackHeader header, FragmentTables.Defaults defaults, ListedSamples listed, long fileLength) {
        this.header = header;
        this.defaults = defaults;
        this.fileLength = fileLength;
        this.listed = listed;
        Samples first = listed.samples();
        for (int run = 0; run < listed.runs().size(); run++) {
            for (int i = listed.runs().get(run).first(); i < listed.end(run); i++) {
                samples.add(
                        first.time(i),
                        first.range(i),
                        first.keyframes().get(i),
                        listed.runs().get(run).entry());
            }
        }
        if (first.count() > 0) {
            lastDuration = first.lastDuration();
        }
    }

    /** @return whether a fragment listed samples beyond the end of the file */
    boolean isCutOff() {
        return cutOff;
    }

    FragmentTables.Defaults defaults() {
        return defaults;
    }

    /** Starts a fragment without a decode time. */
    void begin() {
        clock.begin();
    }

    /** @param time decode time of the next sample, in ticks */
    void begin(long time) {
        clock.begin(time);
    }

    /**
     * @param base offset to which data offsets of a run are relative, in bytes
     * @param next default start of its data
     * @return end of its data
     * @throws MalformedMp4Exception if it cannot be parsed
     */
    long add(Box trun, FragmentTables.Defaults of, long base, long next) throws MalformedMp4Exception {
        ByteBuffer b = trun.body().duplicate();
        try {
            return add(b, of, base, next);
        } catch (java.nio.BufferUnderflowException e) {
            throw new MalformedMp4Exception("a run of samples ends too early");
        }
    }

    private long add(ByteBuffer b, FragmentTables.Defaults of, long base, long next) throws MalformedMp4Exception {
        int flags = b.getInt();
        long count = Integer.toUnsignedLong(b.getInt());
        long at = (flags & DATA_OFFSET) != 0 ? base + b.getInt() : next;
        int first = (flags & FIRST_FLAGS) != 0 ? b.getInt() : of.flags();
        if (isRaw(flags, of)) {
            return addRaw(count, of, at);
        }
        for (long i = 0; i < count; i++) {
            // signed, as in stts
            long duration = (flags & EACH_DURATION) != 0 ? b.getInt() : of.duration();
            long size = (flags & EACH_SIZE) != 0 ? Integer.toUnsignedLong(b.getInt()) : of.size();
            int own = (flags & EACH_FLAGS) != 0 ? b.getInt() : i == 0 ? first : of.flags();
            // signed in every version
            long offset = (flags & EACH_OFFSET) != 0 ? b.getInt() : 0;
            if (size == 0 && (flags & EACH_SIZE) == 0) {
                return at;
            }
            if (at < 0 || size > fileLength - at) {
                cutOff = true;
                return at;
            }
            if (size == 0) {
                clock.skip(duration);
            } else {
                add(at, size, offset, duration, (own & NOT_A_KEYFRAME) == 0, of.entry());
            }
            at += size;
        }
        return at;
    }

    /** PCM sound has a sample per instant: one sample here represents a run of them. */
    private boolean isRaw(int flags, FragmentTables.Defaults of) {
        return header.kind().equals("soun")
                && (flags & (EACH_DURATION | EACH_SIZE | EACH_FLAGS | EACH_OFFSET)) == 0
                && of.size() > 0
                && of.size() <= LARGEST_RAW
                && !header.entries().get(0).isAac();
    }

    private long addRaw(long count, FragmentTables.Defaults of, long at) throws MalformedMp4Exception {
        long there = at < 0 || at > fileLength ? 0 : Math.min(count, (fileLength - at) / of.size());
        cutOff |= there < count;
        long bytes = Math.min(there * of.size(), Integer.MAX_VALUE);
        if (bytes > 0) {
            add(at, bytes, 0, there * of.duration(), true, of.entry());
        }
        return at + bytes;
    }

    private void add(long at, long size, long offset, long duration, boolean keyframe, int entry)
            throws MalformedMp4Exception {
        if (samples.count() > fileLength / Long.BYTES || size > Integer.MAX_VALUE) {
            throw new MalformedMp4Exception("fragments list more samples than the file can hold");
        }
        int known = Math.min(entry, header.entries().size() - 1);
        int same = header.entries().indexOf(header.entries().get(known));
        clock.add(offset, duration);
        samples.add(0, new ByteRange(at, at + size), keyframe, same);
        lastDuration = duration > 0 ? duration : lastDuration;
    }

    ListedSamples samples() throws MalformedMp4Exception {
        ListedSamples all = samples.build(lastDuration);
        Samples first = listed.samples();
        long end = first.times().stream().max().orElse(0) + first.lastDuration();
        FragmentClock.Composed composed = clock.compose(header.timescale(), first.times(), first.count() > 0 ? end : 0);
        ListedSamples timed = new ListedSamples(all.samples().shownAt(composed.times()), all.runs(), composed.pauses());
        return composed.mayRepeat()
                ? TimingTables.makeDistinct(timed, header.kind().equals("vide"))
                : timed;
    }
}
