package routes.transcode.hls;

import java.util.List;
import java.util.Locale;

/** Writes the master playlist (RFC 8216). Its URIs are relative. */
final class MasterPlaylist {
    private static final int VERSION = 7;

    private MasterPlaylist() {}

    static String of(Conversion conversion, boolean independent) {
        StreamPlan plan = conversion.plan();
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:" + VERSION + "\n");
        if (independent) {
            text.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
        }
        for (Rendition rendition : plan.renditions()) {
            List<StoredSegment> segments = conversion.segments(rendition);
            text.append("#EXT-X-STREAM-INF:BANDWIDTH=").append(BandwidthMeter.peak(segments));
            text.append(",AVERAGE-BANDWIDTH=").append(BandwidthMeter.average(segments));
            if (plan.hasPicture()) {
                text.append(",RESOLUTION=")
                        .append(rendition.width())
                        .append('x')
                        .append(rendition.height());
                text.append(String.format(
                        Locale.ROOT, ",FRAME-RATE=%.3f", plan.times().frameRate()));
            }
            String codec = conversion.codec(rendition);
            // the attribute must name all formats
            text.append(codec.isEmpty() ? "" : ",CODECS=\"" + codec + "\"").append('\n');
            text.append(rendition.name()).append('/').append(OutputPath.INDEX).append('\n');
        }
        return text.toString();
    }
}
