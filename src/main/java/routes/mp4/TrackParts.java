package routes.mp4;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Divides a track into parts with one edit and one sample entry each. Nearly every recording has one part. */
final class TrackParts {
    /** Seconds of a pause before the first sample that any recording may have; longer ones only if it is longer itself. */
    private static final long LONGEST_PAUSE = 2;
    /** 30 years and more; times of a 32-bit timescale do not overflow. */
    private static final long LONGEST_SECONDS = 1_000_000_000;
    /** Maximum for all edits and sample entries together. */
    private static final int MOST = 1000;

    private final TrackHeader header;
    private final ListedSamples listed;
    private final List<Edit> edits;
    private final boolean inFragments;

    private TrackParts(TrackHeader header, ListedSamples listed, boolean inFragments) {
        this.header = header;
        this.listed = listed;
        this.inFragments = inFragments;
        long first = listed.samples().times().stream().min().orElse(0);
        this.edits = new ArrayList<>();
        for (Edit edit : header.edits().isEmpty() ? List.of(Edit.NONE) : header.edits()) {
            boolean isFirst = edits.isEmpty();
            // an edit list is written before the fragments, and players do not let it end them
            Edit read = inFragments ? new Edit(edit.shownAt(), edit.mediaStart(), Edit.UNBOUNDED) : edit;
            edits.add(isFirst && isEdited() ? read.startingAt(first) : read);
            if (inFragments) {
                break;
            }
        }
    }

    /**
     * @param inFragments whether any sample was in a fragment
     * @return in presentation order, at least one
     */
    static List<Track> of(TrackHeader header, ListedSamples listed, boolean inFragments) throws MalformedMp4Exception {
        TrackParts parts = new TrackParts(header, listed, inFragments);
        parts.ensurePossible();
        return header.kind().equals("vide") ? parts.pictures() : List.of(parts.sound());
    }

    /** No time outside the range of the calendar is valid. */
    private void ensurePossible() throws MalformedMp4Exception {
        long most = LONGEST_SECONDS * header.timescale();
        boolean impossible = listed.samples().times().stream().anyMatch(time -> time > most || time < -most)
                || listed.samples().lastDuration() > most
                || edits.stream().anyMatch(edit -> edit.shownAt() > most || edit.mediaStart() > most);
        if (impossible) {
            throw new MalformedMp4Exception("a sample is shown decades later");
        }
    }

    private boolean isEdited() {
        return !header.edits().isEmpty();
    }

    private List<Track> pictures() throws MalformedMp4Exception {
        List<ListedSamples.Run> runs = listed.runs();
        if (runs.isEmpty()) {
            return List.of(empty());
        }
        if ((long) runs.size() * edits.size() > MOST) {
            throw new MalformedMp4Exception("a track has more than " + MOST + " parts");
        }
        Map<Long, Track> parts = new TreeMap<>();
        for (int i = 0; i < edits.size(); i++) {
            Edit edit = edits.get(i);
            List<Pause> pauses = i == 0 ? recordedPauses(edit) : pause(edits.get(i - 1), edit);
            Samples shifted = shifted(edit);
            long origin = origin(edits.get(0).equals(edit) ? shifted : shifted(edits.get(0)));
            for (int run = 0; run < runs.size(); run++) {
                long from = run == 0 ? edit.mediaStart() : Math.max(edit.mediaStart(), listed.firstTime(run));
                long to = Math.min(edit.mediaEnd(), listed.firstTime(run + 1));
                if (from < to) {
                    boolean fromBeginning = run == 0 && !isEdited();
                    long shownFrom = fromBeginning ? Long.MIN_VALUE : from + edit.shift();
                    long shownTo = to == Edit.UNBOUNDED ? to : to + edit.shift();
                    SampleEntry entry = header.entries().get(runs.get(run).entry());
                    int first = runs.get(run).first();
                    parts.putIfAbsent(shownFrom, part(entry, origin, shownFrom, shownTo, first, shifted, pauses));
                    pauses = List.of();
                }
            }
        }
        return parts.isEmpty() ? List.of(empty()) : List.copyOf(parts.values());
    }

    private List<Pause> recordedPauses(Edit edit) {
        return listed.pauses().stream().map(pause -> pause.plus(edit.shift())).toList();
    }

    /** @return the pause before an edit, if there is one */
    private static List<Pause> pause(Edit before, Edit edit) {
        long end = before.duration() == Edit.UNBOUNDED ? edit.shownAt() : before.shownAt() + before.duration();
        return end < edit.shownAt() ? List.of(new Pause(end, edit.shownAt())) : List.of();
    }

    private Samples shifted(Edit edit) {
        Samples samples = listed.samples();
        return samples.shownAt(samples.times().plus(edit.shift()));
    }

    private Track part(
            SampleEntry entry,
            long origin,
            long shownFrom,
            long shownTo,
            int first,
            Samples samples,
            List<Pause> pauses) {
        return new Track(
                header.kind(),
                header.timescale(),
                entry,
                header.matrix(),
                header.shownSize(),
                origin,
                shownFrom,
                shownTo,
                first,
                samples,
                pauses);
    }

    private Track all(SampleEntry entry, Samples samples) {
        return part(entry, 0, Long.MIN_VALUE, Long.MAX_VALUE, 0, samples, List.of());
    }

    private Track empty() {
        return all(header.entries().get(0), Samples.NONE);
    }

    /**
     * @return start of the presentation in ticks: the first sample, unless the edit list says otherwise or contains so
     *     long a pause that the track must be part of a longer one
     */
    private long origin(Samples samples) {
        long first = samples.times().stream().min().orElse(0);
        if (!isEdited()) {
            return first;
        }
        long pause = edits.get(0).shownAt();
        if (inFragments) {
            // fragments of a stream start at the stream's own time: no pause
            return Math.max(0, first - pause);
        }
        return pause <= Math.max(LONGEST_PAUSE * header.timescale(), length(samples)) ? 0 : first;
    }

    /** @return ticks from the first sample to the end of the last */
    private static long length(Samples samples) {
        long first = samples.times().stream().min().orElse(0);
        long last = samples.times().stream().max().orElse(0);
        return last - first + samples.lastDuration();
    }

    /** The sound of all edits as one part; samples of other entries are left out. */
    private Track sound() {
        int entry = listed.runs().isEmpty() ? 0 : listed.runs().get(0).entry();
        Edit only = edits.get(0);
        boolean plain = edits.size() == 1
                && only.duration() == Edit.UNBOUNDED
                && listed.runs().size() <= 1;
        Samples shown = plain || listed.runs().isEmpty() ? shifted(only) : flattened(entry);
        return all(header.entries().get(entry), shown);
    }

    private Samples flattened(int entry) {
        Samples samples = listed.samples();
        ListedSamples.Builder shown = new ListedSamples.Builder();
        for (Edit edit : edits) {
            // samples before the first edit are not heard, and prime the decoder
            long from = edit.equals(edits.get(0)) ? Long.MIN_VALUE : edit.mediaStart();
            for (int run = 0; run < listed.runs().size(); run++) {
                for (int i = listed.runs().get(run).first(); i < listed.end(run); i++) {
                    long time = samples.time(i);
                    if (time >= from
                            && time < edit.mediaEnd()
                            && listed.runs().get(run).entry() == entry) {
                        shown.add(time + edit.shift(), samples.range(i), false, entry);
                    }
                }
            }
        }
        return shown.build(samples.lastDuration()).samples();
    }
}
