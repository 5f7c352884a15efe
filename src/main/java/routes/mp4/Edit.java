package routes.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A presented part of a track: an entry of {@code elst} (ISO 14496-12, 8.6.6) with the pauses before it.
 *
 * @param shownAt its start on the presentation timeline, in ticks
 * @param mediaStart composition time of its start, in ticks
 * @param duration in ticks; {@link #UNBOUNDED} if it lasts until the track ends
 */
record Edit(long shownAt, long mediaStart, long duration) {
    static final long UNBOUNDED = Long.MAX_VALUE;
    /** Represents a track without an edit list. */
    static final Edit NONE = new Edit(0, 0, UNBOUNDED);

    private static final int MOST = 100;
    /** In ticks; sums of a few do not overflow. */
    private static final long LONGEST = Long.MAX_VALUE / 256;

    /**
     * @param timescale ticks per second of the track
     * @param movieScale ticks per second of the movie, the unit of edit durations
     * @return in presentation order; contiguous ones are merged
     */
    static List<Edit> read(ByteBuffer elst, long timescale, long movieScale) throws MalformedMp4Exception {
        boolean wide = elst.get(0) == 1;
        List<Edit> edits = new ArrayList<>();
        long shownAt = 0;
        for (int left = Box.entries(elst, wide ? 20 : 12); left > 0; left--) {
            long duration = wide ? elst.getLong() : Integer.toUnsignedLong(elst.getInt());
            long mediaStart = wide ? elst.getLong() : elst.getInt();
            elst.getInt();
            long ticks = ticks(duration, timescale, movieScale);
            if (mediaStart < 0) {
                shownAt += ticks;
            } else if (duration == 0) {
                edits.add(new Edit(shownAt, mediaStart, UNBOUNDED));
                break;
            } else {
                append(edits, new Edit(shownAt, mediaStart, ticks));
                shownAt += ticks;
            }
            if (edits.size() > MOST || shownAt > LONGEST || mediaStart > LONGEST) {
                throw new MalformedMp4Exception("an edit list has more than " + MOST + " parts, or an impossible one");
            }
        }
        return edits.isEmpty() ? List.of(new Edit(shownAt, 0, UNBOUNDED)) : List.copyOf(edits);
    }

    private static void append(List<Edit> edits, Edit next) {
        Edit last = edits.isEmpty() ? null : edits.get(edits.size() - 1);
        if (last != null && last.mediaEnd() == next.mediaStart && last.shownAt + last.duration == next.shownAt) {
            edits.set(edits.size() - 1, new Edit(last.shownAt, last.mediaStart, last.duration + next.duration));
        } else {
            edits.add(next);
        }
    }

    /** Rounds to the nearest tick. */
    private static long ticks(long duration, long timescale, long movieScale) throws MalformedMp4Exception {
        double ticks = (double) duration * timescale / movieScale;
        if (duration < 0 || ticks > LONGEST) {
            throw new MalformedMp4Exception("an edit is too long");
        }
        return Math.round(ticks);
    }

    /** @return composition time, exclusive, in ticks */
    long mediaEnd() {
        return duration == UNBOUNDED ? UNBOUNDED : mediaStart + duration;
    }

    /** @return end on the presentation timeline, exclusive, in ticks */
    long shownUntil() {
        return duration == UNBOUNDED ? UNBOUNDED : shownAt + duration;
    }

    /** @return this edit, but starting no earlier than the first sample: an edit that does ignores reordering */
    Edit startingAt(long first) {
        return mediaStart >= first ? this : new Edit(shownAt, first, duration);
    }

    /** @return ticks to add to a composition time */
    long shift() {
        return shownAt - mediaStart;
    }
}
