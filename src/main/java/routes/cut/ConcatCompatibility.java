package routes.cut;

import java.util.List;
import java.util.Set;
import routes.mp4.AacConfig;
import routes.mp4.AvcConfig;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.SampleEntry;
import routes.mp4.Sps;
import routes.mp4.Track;

/**
 * Decides whether samples of several recordings, and re-encoded frames, can share one track.
 * See docs/decisions/0005.
 */
final class ConcatCompatibility {
    private static final int LENGTH_BYTES = 4;
    /** Hz; at this rate half a frame of 1024 samples is below 45 ms, an offset that is not noticeable. */
    private static final int LOWEST_RATE = 12_000;
    /** Audio object types: AAC-LC, and SBR and PS, which extend it. */
    private static final Set<Integer> FORMS = Set.of(2, 5, 29);

    private ConcatCompatibility() {}

    /**
     * @return why the video cannot be copied; null if it can
     * @throws MalformedMp4Exception if a decoder configuration cannot be read
     */
    static FallbackReason ofPictures(List<FrameSelection> selections) throws MalformedMp4Exception {
        Track first = selections.get(0).video();
        for (FrameSelection selection : selections) {
            FallbackReason reason = ofPicture(selection.video().entry());
            if (reason != null) {
                return reason;
            }
            if (!samePicture(selection.video(), first)) {
                return FallbackReason.DIFFERENT_RECORDINGS;
            }
        }
        return null;
    }

    private static boolean samePicture(Track one, Track other) throws MalformedMp4Exception {
        return one.timescale() == other.timescale()
                && one.matrix().equals(other.matrix())
                && one.pixelShape().equals(other.pixelShape())
                && one.entry().width() == other.entry().width()
                && one.entry().height() == other.entry().height()
                && one.entry().avc().equals(other.entry().avc());
    }

    private static FallbackReason ofPicture(SampleEntry entry) throws MalformedMp4Exception {
        if (!entry.isAvc()) {
            return FallbackReason.CODEC;
        }
        AvcConfig config = entry.avc();
        List<Sps> sequences = config.sequences();
        if (config.lengthBytes() != LENGTH_BYTES || sequences.isEmpty() || config.freeId() < 0) {
            return FallbackReason.CODEC;
        }
        if (sequences.stream().anyMatch(s -> !s.progressive())) {
            return FallbackReason.INTERLACED;
        }
        return sequences.stream().anyMatch(s -> s.chroma() != 1 || s.bitDepth() != 8) ? FallbackReason.PIXELS : null;
    }

    /** @return why the sound cannot be copied; null if it can */
    static FallbackReason ofSound(List<FrameSelection> selections) {
        Track first = null;
        for (FrameSelection selection : selections) {
            Track sound = selection.movie().audio().orElse(null);
            if (sound != null) {
                first = first == null ? sound : first;
                if (!joins(sound, first, selections.size() > 1)) {
                    return FallbackReason.SOUND;
                }
            }
        }
        return null;
    }

    /** @param moves whether AAC frames may shift by half their duration, at a boundary */
    private static boolean joins(Track sound, Track first, boolean moves) {
        try {
            return isPlain(sound)
                    && sound.timescale() == first.timescale()
                    && sound.entry().aac().equals(first.entry().aac())
                    && (!moves || sound.entry().aac().rate() >= LOWEST_RATE);
        } catch (MalformedMp4Exception e) {
            return false;
        }
    }

    /**
     * @return whether the track is AAC with sample tables; the configuration of some types gives only half the sampling
     *     rate
     */
    private static boolean isPlain(Track sound) throws MalformedMp4Exception {
        if (!sound.entry().isAac() || sound.samples().count() == 0) {
            return false;
        }
        AacConfig config = sound.entry().aac();
        boolean known = FORMS.contains(config.objectType()) && config.channels() > 0 && config.channels() < 8;
        return known && (sound.timescale() == config.rate() || sound.timescale() == 2L * config.rate());
    }
}
