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
    /** Bytes of a sample of raw sound at most, all channels together. */
    private static final int LARGEST_RAW = 64;

    private final TrackHeader header;
    private final FragmentTables.Defaults defaults;
    private final long fileLength;
    private final ListedSamples.Builder samples = new ListedSamples.Builder();
    private final TimingTables.Clock clock = new TimingTables.Clock();
    private long lastDuration = 1;

    /** @param listed the samples that the header itself lists */
    FragmentedTrack(TrackHeader header, FragmentTables.Defaults defaults, ListedSamples listed, long fileLength) {
        this.header = header;
        this.defaults = defaults;
        this.fileLength = fileLength;
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
            clock.moveTo(first.times().stream().max().orElse(0) + lastDuration);
        }
    }

    /** More samples than the file can hold. */
    static final class TooManySamplesException extends Exception {
        private static final long serialVersionUID = 1;

        TooManySamplesException() {
            super("fragments list more samples than the file can hold");
        }
    }

    FragmentTables.Defaults defaults() {
        return defaults;
    }

    /** @param time at which the next sample is decoded, in ticks; one before what was decoded is not believed */
    void moveTo(long time) {
        if (time >= clock.decoded() && time < Long.MAX_VALUE / 4) {
            clock.moveTo(time);
        }
    }

    /**
     * @param base from which a run counts the place of its data, in bytes
     * @param next where its data begin, unless it tells
     * @return where its data end
     */
    long add(Box trun, FragmentTables.Defaults of, long base, long next)
            throws MalformedMp4Exception, TooManySamplesException {
        ByteBuffer b = trun.body().duplicate();
        try {
            return add(b, of, base, next);
        } catch (java.nio.BufferUnderflowException e) {
            throw new MalformedMp4Exception("a run of samples ends too early");
        }
    }

    private long add(ByteBuffer b, FragmentTables.Defaults of, long base, long next) throws TooManySamplesException {
        int flags = b.getInt();
        long count = Integer.toUnsignedLong(b.getInt());
        long at = (flags & DATA_OFFSET) != 0 ? base + b.getInt() : next;
        int first = (flags & FIRST_FLAGS) != 0 ? b.getInt() : of.flags();
        if (isRaw(flags, of)) {
            return addRaw(count, of, at);
        }
        for (long i = 0; i < count; i++) {
            long duration = (flags & EACH_DURATION) != 0 ? Integer.toUnsignedLong(b.getInt()) : of.duration();
            long size = (flags & EACH_SIZE) != 0 ? Integer.toUnsignedLong(b.getInt()) : of.size();
            int own = (flags & EACH_FLAGS) != 0 ? b.getInt() : i == 0 ? first : of.flags();
            // signed, whatever the version
            long offset = (flags & EACH_OFFSET) != 0 ? b.getInt() : 0;
            if (at < 0 || size > fileLength - at || (size == 0 && (flags & EACH_SIZE) == 0)) {
                return at;
            }
            if (size == 0) {
                clock.moveTo(clock.decoded() + duration);
            } else {
                add(at, size, offset, duration, (own & NOT_A_KEYFRAME) == 0, of.entry());
            }
            at += size;
        }
        return at;
    }

    /** Raw sound has a sample for each instant: a run of them stands for one. */
    private boolean isRaw(int flags, FragmentTables.Defaults of) {
        return header.kind().equals("soun")
                && (flags & (EACH_DURATION | EACH_SIZE | EACH_FLAGS | EACH_OFFSET)) == 0
                && of.size() > 0
                && of.size() <= LARGEST_RAW
                && !header.entries().get(0).isAac();
    }

    private long addRaw(long count, FragmentTables.Defaults of, long at) throws TooManySamplesException {
        long there = at < 0 || at > fileLength ? 0 : Math.min(count, (fileLength - at) / of.size());
        long bytes = Math.min(there * of.size(), Integer.MAX_VALUE);
        if (bytes > 0) {
            add(at, bytes, 0, there * of.duration(), true, of.entry());
        }
        return at + bytes;
    }

    private void add(long at, long size, long offset, long duration, boolean keyframe, int entry)
            throws TooManySamplesException {
        if (samples.count() > fileLength / Long.BYTES || size > Integer.MAX_VALUE) {
            throw new TooManySamplesException();
        }
        int known = Math.min(entry, header.entries().size() - 1);
        int same = header.entries().indexOf(header.entries().get(known));
        samples.add(clock.next(offset, duration), new ByteRange(at, at + size), keyframe, same);
        lastDuration = duration > 0 ? duration : lastDuration;
    }

    ListedSamples samples() {
        ListedSamples listed = samples.build(lastDuration);
        return new ListedSamples(
                listed.samples().shownAt(clock.settle(listed.samples().times())), listed.runs());
    }
}
