package routes.transcode.hls;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** Writes the playlist of a rendition (RFC 8216). Its URIs are relative. */
final class MediaPlaylist {
    private static final int WITH_MAP = 7;
    private static final int WITH_INDEPENDENT_SEGMENTS = 6;
    private static final int IV_DIGITS = 32;

    private MediaPlaylist() {}

    /** @param segments in their order, without gaps */
    static String of(List<StoredSegment> segments, StreamPlan plan, boolean independent) {
        StringBuilder text = new StringBuilder("#EXTM3U\n");
        line(text, "#EXT-X-VERSION:" + (plan.isFragmentedMp4() ? WITH_MAP : WITH_INDEPENDENT_SEGMENTS));
        line(text, "#EXT-X-TARGETDURATION:" + targetSeconds(segments));
        line(text, "#EXT-X-MEDIA-SEQUENCE:0");
        line(text, "#EXT-X-PLAYLIST-TYPE:VOD");
        if (independent) {
            line(text, "#EXT-X-INDEPENDENT-SEGMENTS");
        }
        if (plan.isFragmentedMp4()) {
            line(text, key(ContentKey.INIT_IV));
            line(text, "#EXT-X-MAP:URI=\"" + OutputPath.INIT + "\"");
        }
        for (StoredSegment segment : segments) {
            line(text, key(BigInteger.valueOf(segment.number())));
            line(text, String.format(Locale.ROOT, "#EXTINF:%.6f,", (double) segment.micros() / FilmTimes.SECOND));
            line(text, segment.fileName(plan));
        }
        line(text, "#EXT-X-ENDLIST");
        return text.toString();
    }

    /** @return of the longest segment, rounded up */
    static long targetSeconds(List<StoredSegment> segments) {
        long longest = segments.stream().mapToLong(StoredSegment::micros).max().orElse(1);
        return (longest + FilmTimes.SECOND - 1) / FilmTimes.SECOND;
    }

    private static String key(BigInteger iv) {
        String digits = iv.toString(16);
        return "#EXT-X-KEY:METHOD=AES-128,URI=\"../key.key\",IV=0x" + "0".repeat(IV_DIGITS - digits.length()) + digits;
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
