package routes.transcode.hls;

import java.util.ArrayList;
import java.util.List;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.SampleEntry;
import routes.mp4.Sps;
import routes.mp4.Track;

/** The ffmpeg filters that a picture needs before it is scaled. */
final class PictureFilters {
    /** Codecs of which no interlaced films are known. */
    private static final List<String> PROGRESSIVE = List.of("hvc1", "hev1", "vp08", "vp09", "av01");

    private PictureFilters() {}

    /** @return in their order */
    static List<String> before(Track video) {
        List<String> filters = new ArrayList<>();
        if (!isProgressive(video.entry())) {
            filters.add("yadif=deint=interlaced");
        }
        if (video.isHighDynamicRange()) {
            // 203 cd/m² is the reference white of BT.2408
            filters.add("zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0");
            filters.add("zscale=t=bt709:m=bt709:r=tv");
        }
        return filters;
    }

    private static boolean isProgressive(SampleEntry entry) {
        try {
            return PROGRESSIVE.contains(entry.type())
                    || (entry.isAvc() && entry.avc().sequences().stream().allMatch(Sps::progressive));
        } catch (MalformedMp4Exception e) {
            return false;
        }
    }
}
