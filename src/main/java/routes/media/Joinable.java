package routes.media;

import java.util.List;
import java.util.Set;
import routes.media.mp4.AacConfig;
import routes.media.mp4.AvcConfig;
import routes.media.mp4.BrokenMovie;
import routes.media.mp4.SampleEntry;
import routes.media.mp4.SequenceParameters;
import routes.media.mp4.Track;

/** Whether the samples of recordings can stand in one track beside frames that were encoded anew. */
final class Joinable {
    private static final int LENGTH_BYTES = 4;
    /** AAC-LC, and the two forms that build on it. */
    private static final Set<Integer> FORMS = Set.of(2, 5, 29);

    private Joinable() {}

    /**
     * @return why they cannot, or null
     * @throws BrokenMovie when their configuration cannot be read
     */
    static Reason why(List<Span> spans) throws BrokenMovie {
        Track first = spans.get(0).video();
        for (Span span : spans) {
            Reason reason = ofPicture(span.video().entry());
            if (reason != null) {
                return reason;
            }
            if (!samePicture(span.video(), first)) {
                return Reason.DIFFERENT_RECORDINGS;
            }
        }
        return ofSound(spans);
    }

    private static boolean samePicture(Track one, Track other) throws BrokenMovie {
        return one.timescale() == other.timescale()
                && one.matrix().equals(other.matrix())
                && one.entry().width() == other.entry().width()
                && one.entry().height() == other.entry().height()
                && one.entry().avc().equals(other.entry().avc());
    }

    private static Reason ofPicture(SampleEntry entry) throws BrokenMovie {
        if (!entry.isAvc()) {
            return Reason.CODEC;
        }
        AvcConfig config = entry.avc();
        List<SequenceParameters> sequences = config.sequences();
        if (config.lengthBytes() != LENGTH_BYTES || sequences.isEmpty() || config.freeId() < 0) {
            return Reason.CODEC;
        }
        if (sequences.stream().anyMatch(s -> !s.progressive())) {
            return Reason.INTERLACED;
        }
        return sequences.stream().anyMatch(s -> s.chroma() != 1 || s.bitDepth() != 8) ? Reason.PIXELS : null;
    }

    private static Reason ofSound(List<Span> spans) throws BrokenMovie {
        Track first = null;
        for (Span span : spans) {
            Track sound = span.movie().audio().orElse(null);
            if (sound != null) {
                first = first == null ? sound : first;
                if (!isPlain(sound)
                        || sound.timescale() != first.timescale()
                        || !sound.entry().aac().equals(first.entry().aac())) {
                    return Reason.SOUND;
                }
            }
        }
        return null;
    }

    /** @return whether it is AAC whose frames are listed; of some forms only half the rate is told */
    private static boolean isPlain(Track sound) throws BrokenMovie {
        if (!sound.entry().isAac() || sound.samples().count() == 0) {
            return false;
        }
        AacConfig config = sound.entry().aac();
        boolean known = FORMS.contains(config.objectType()) && config.channels() > 0 && config.channels() < 8;
        return known && (sound.timescale() == config.rate() || sound.timescale() == 2L * config.rate());
    }
}
