package routes.transcode.hls;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import routes.mp4.AacConfig;
import routes.mp4.AvcConfig;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Matrix;
import routes.mp4.Movie;
import routes.mp4.NalUnits;
import routes.mp4.SampleEntry;
import routes.mp4.Samples;
import routes.mp4.Sps;
import routes.mp4.Track;

/**
 * Whether a film can be copied into segments that every player shows as the film is meant. A turned film, or one that an
 * edit list shortens, is encoded: segments carry neither everywhere.
 */
final class CopyCheck {
    private static final int LONG_SIDE = 1920;
    /** 1080 lines are coded as 1088. */
    private static final int SHORT_SIDE = 1088;

    private static final long BITS_PER_SECOND = 8_000_000;
    private static final long LONGEST_GAP = 12 * FilmTimes.SECOND;
    /** Object types of AAC-LC, HE-AAC and HE-AAC v2. */
    private static final List<Integer> AAC = List.of(2, 5, 29);

    /** Sound without compression, as recorders and editors write it. */
    private static final List<String> PCM =
            List.of("sowt", "twos", "lpcm", "in24", "in32", "fl32", "fl64", "raw ", "ulaw", "alaw", "ipcm", "fpcm");

    private CopyCheck() {}

    /** @return whether the picture is copied; sound of PCM beside it is encoded */
    static boolean isCopied(Movie movie, FilmTimes times, long bytes) {
        return movie.pictures().size() == 1
                && isPictureCopied(movie.pictures().get(0))
                && (isSoundCopied(movie) || isPcm(movie.audio().orElseThrow()))
                && bytes <= BITS_PER_SECOND / Byte.SIZE * (times.length() + FilmTimes.SECOND) / FilmTimes.SECOND
                && Keyframes.longestGap(times) <= LONGEST_GAP
                && !Keyframes.isPictureTooShort(times, bytes);
    }

    /** @return whether it is sound with a sample per instant */
    static boolean isPcm(Track sound) {
        return PCM.contains(sound.entry().type());
    }

    private static boolean isPictureCopied(Track video) {
        SampleEntry entry = video.entry();
        try {
            return entry.isAvc()
                    && Math.max(entry.width(), entry.height()) <= LONG_SIDE
                    && Math.min(entry.width(), entry.height()) <= SHORT_SIDE
                    && video.matrix().equals(Matrix.IDENTITY)
                    && List.of("", "1/1").contains(video.pixelShape())
                    && entry.avc().sequences().stream().allMatch(CopyCheck::isCommon)
                    && video.pauses().isEmpty()
                    && isShownWhole(video);
        } catch (MalformedMp4Exception e) {
            return false;
        }
    }

    private static boolean isCommon(Sps sequence) {
        return sequence.chroma() == 1 && sequence.bitDepth() == Byte.SIZE && sequence.progressive();
    }

    private static boolean isShownWhole(Track video) {
        Samples samples = video.samples();
        return samples.count() > 0
                && samples.keyframes().get(0)
                && samples.times().stream().allMatch(time -> time >= video.shownFrom() && time < video.shownTo());
    }

    /** @return whether every keyframe of a copied film is an IDR picture */
    static boolean isIndependent(Film film, Track video) throws IOException {
        Samples samples = video.samples();
        try (FileChannel file = FileChannel.open(film.file(), StandardOpenOption.READ)) {
            AvcConfig config = video.entry().avc();
            NalUnits units = new NalUnits(file, config);
            int key = samples.keyframes().nextSetBit(0);
            while (key >= 0) {
                if (config.lengthBytes() != Integer.BYTES || !units.readIdrFlag(samples.range(key))) {
                    return false;
                }
                key = samples.keyframes().nextSetBit(key + 1);
            }
            return true;
        } catch (MalformedMp4Exception e) {
            return false;
        }
    }

    /** @return also if there is no sound */
    static boolean isSoundCopied(Movie movie) {
        return movie.audio().isEmpty() || isAac(movie.audio().get().entry());
    }

    private static boolean isAac(SampleEntry entry) {
        try {
            if (!entry.isAac()) {
                return false;
            }
            AacConfig config = entry.aac();
            return AAC.contains(config.objectType()) && config.rate() > 0 && config.channels() > 0;
        } catch (MalformedMp4Exception e) {
            return false;
        }
    }
}
