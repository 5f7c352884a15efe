package routes.transcode.hls;

import java.util.List;

/** Measured bits per second of a rendition (RFC 8216, 4.3.4.2). */
final class BandwidthMeter {
    private BandwidthMeter() {}

    static long average(List<StoredSegment> segments) {
        return rate(segments);
    }

    /** @return of any contiguous segments of half to one and a half times the target duration together */
    static long peak(List<StoredSegment> segments) {
        double target = (double) MediaPlaylist.targetSeconds(segments) * FilmTimes.SECOND;
        long peak = rate(segments);
        for (int from = 0; from < segments.size(); from++) {
            long micros = 0;
            for (int to = from; to < segments.size() && micros <= target * 1.5; to++) {
                micros += segments.get(to).micros();
                if (micros >= target / 2 && micros <= target * 1.5) {
                    peak = Math.max(peak, rate(segments.subList(from, to + 1)));
                }
            }
        }
        return peak;
    }

    private static long rate(List<StoredSegment> segments) {
        double bits = segments.stream().mapToLong(StoredSegment::bytes).sum() * (double) Byte.SIZE;
        long micros = segments.stream().mapToLong(StoredSegment::micros).sum();
        return (long) Math.ceil(bits * FilmTimes.SECOND / Math.max(1, micros));
    }
}
