package routes.mp4;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Decode times of the first video track, from its first fragment on. */
final class VideoClock {
    private final int track;
    private final long timescale;
    private boolean isReliable;
    private OptionalLong first = OptionalLong.empty();

    private VideoClock(int track, long timescale, boolean isReliable) {
        this.track = track;
        this.timescale = timescale;
        this.isReliable = isReliable;
    }

    static VideoClock of(Box moov) throws MalformedMp4Exception {
        Box mvhd = moov.need("mvhd");
        for (Box trak : moov.children()) {
            if (trak.type().equals("trak") && TrackHeader.kind(trak).equals("vide")) {
                TrackHeader header = TrackHeader.read(mvhd, trak);
                Optional<Box> sizes = trak.find("mdia", "minf", "stbl", "stsz");
                // samples before the fragments have other clocks
                boolean isEmpty = sizes.isEmpty() || sizes.get().read(b -> b.getInt(8)) == 0;
                return new VideoClock(header.id(), header.timescale(), isEmpty);
            }
        }
        return new VideoClock(-1, 1, false);
    }

    int track() {
        return track;
    }

    /** @return whether each fragment so far had a decode time */
    boolean isReliable() {
        return isReliable;
    }

    boolean isStarted() {
        return first.isPresent();
    }

    long ticks(Duration sinceFirst) {
        return first.orElse(0) + sinceFirst.toSeconds() * timescale;
    }

    /** @return from the first fragment to this one; empty if it has no video or no time */
    Optional<Duration> read(Box moof) throws MalformedMp4Exception {
        for (Box traf : moof.children()) {
            if (traf.type().equals("traf") && traf.need("tfhd").read(b -> b.getInt(4)) == track) {
                Optional<Box> tfdt = traf.find("tfdt");
                if (tfdt.isEmpty()) {
                    isReliable = false;
                    return Optional.empty();
                }
                long time = tfdt.get().read(b -> b.get(0) == 1 ? b.getLong(4) : Integer.toUnsignedLong(b.getInt(4)));
                first = OptionalLong.of(first.orElse(time));
                return Optional.of(Duration.ofSeconds((time - first.getAsLong()) / timescale));
            }
        }
        return Optional.empty();
    }
}
