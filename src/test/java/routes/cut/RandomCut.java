package routes.cut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import routes.support.DecodedClip.Frame;
import routes.support.FootageKind;
import routes.support.KnownFootage;
import routes.support.KnownFootage.Known;

/**
 * A random interval over recordings of one kind, and the frames that its clip must present.
 *
 * @param description of the interval, for people
 * @param wanted frames in presentation order; their times are seconds after the first of them
 */
record RandomCut(FootageKind kind, String description, List<Source> sources, List<Frame> wanted) {
    private enum Shape {
        ONE_FRAME,
        ONE_GOP,
        ANY,
        WITH_GAP
    }

    /** Shapes with their weights: duplicates are drawn more often. */
    private static final List<Shape> SHAPES =
            List.of(Shape.ONE_FRAME, Shape.ONE_GOP, Shape.ANY, Shape.ANY, Shape.ANY, Shape.ANY, Shape.WITH_GAP);

    static RandomCut draw(FootageKind kind, Random random) {
        List<Known> all = KnownFootage.of(kind);
        Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
        RandomCut cut =
                switch (shape) {
                    case ONE_FRAME -> oneFrame(kind, all.get(random.nextInt(all.size())), random);
                    case ONE_GOP -> oneGop(kind, all.get(random.nextInt(all.size())), random);
                    case ANY -> anyInterval(kind, all, random);
                    case WITH_GAP -> withGap(kind, all, random);
                };
        // an interval within a gap or between two frames contains no frames
        return cut.wanted.isEmpty() ? draw(kind, random) : cut;
    }

    /** A random interval over contiguous recordings, from one frame to all of them. */
    static RandomCut drawJoined(FootageKind kind, Random random) {
        RandomCut cut = anyInterval(kind, KnownFootage.of(kind), random);
        return cut.wanted.isEmpty() ? drawJoined(kind, random) : cut;
    }

    private static RandomCut oneFrame(FootageKind kind, Known recording, Random random) {
        long millis = millis(recording, random.nextInt(recording.frames().size()));
        return of(kind, "one frame", List.of(recording), millis, millis + 1);
    }

    private static RandomCut oneGop(FootageKind kind, Known recording, Random random) {
        int gop = Math.min(kind.firstSpec().gop(), recording.frames().size() - 1);
        int gops = (recording.frames().size() - 1) / gop;
        int first = random.nextInt(gops) * gop;
        return of(kind, "one GOP", List.of(recording), millis(recording, first), millis(recording, first + gop));
    }

    private static RandomCut anyInterval(FootageKind kind, List<Known> all, Random random) {
        int first = random.nextInt(all.size());
        int last = first + random.nextInt(all.size() - first);
        long from = instantIn(all.get(first), random);
        long to = instantIn(all.get(last), random);
        return of(
                kind,
                1 + last - first + " recordings",
                all.subList(first, last + 1),
                Math.min(from, to),
                Math.max(from, to) + 1);
    }

    private static RandomCut withGap(FootageKind kind, List<Known> all, Random random) {
        if (all.size() < 3) {
            return anyInterval(kind, all, random);
        }
        List<Known> left = new ArrayList<>(all);
        left.remove(1 + random.nextInt(all.size() - 2));
        long from = instantIn(left.get(0), random);
        return of(kind, "a gap", left, from, instantIn(left.get(left.size() - 1), random) + 1);
    }

    /** Of two overlapping recordings the earlier one is used up to its end. */
    private static RandomCut of(
            FootageKind kind, String description, List<Known> from, long startMillis, long endMillis) {
        List<Source> sources = new ArrayList<>();
        List<Frame> wanted = new ArrayList<>();
        long covered = startMillis;
        long zero = 0;
        for (Known recording : from) {
            long begin = Math.max(covered, recording.start().toEpochMilli());
            long end = Math.min(endMillis, recording.end().toEpochMilli());
            if (begin >= end) {
                continue;
            }
            sources.add(source(recording, startMillis, endMillis));
            for (Frame frame : recording.frames()) {
                long micros = recording.micros(frame);
                if (micros >= begin * 1000 && micros < end * 1000) {
                    zero = wanted.isEmpty() ? micros : zero;
                    wanted.add(new Frame(frame.number(), (micros - zero) / 1e6));
                }
            }
            covered = end;
        }
        String interval = "%s, [%s, %s)"
                .formatted(description, Instant.ofEpochMilli(startMillis), Instant.ofEpochMilli(endMillis));
        return new RandomCut(kind, interval, sources, wanted);
    }

    private static Source source(Known recording, long fromMillis, long toMillis) {
        try {
            return new Source(
                    recording.file().getFileName().toString(),
                    recording.file(),
                    Files.size(recording.file()),
                    "etag",
                    recording.start(),
                    recording.end(),
                    Instant.ofEpochMilli(fromMillis),
                    Instant.ofEpochMilli(toMillis));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last whole millisecond not after a frame. */
    private static long millis(Known recording, int frame) {
        return Math.floorDiv(recording.micros(recording.frames().get(frame)), 1000);
    }

    private static long instantIn(Known recording, Random random) {
        long length = recording.end().toEpochMilli() - recording.start().toEpochMilli();
        return recording.start().toEpochMilli() + random.nextInt((int) length);
    }

    @Override
    public String toString() {
        return kind + ": " + description;
    }
}
