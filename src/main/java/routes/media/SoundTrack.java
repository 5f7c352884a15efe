package routes.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import routes.media.mp4.AacConfig;
import routes.media.mp4.BrokenMovie;
import routes.media.mp4.ByteRange;
import routes.media.mp4.SampleSequence;
import routes.media.mp4.Samples;
import routes.media.mp4.Track;

/**
 * Lines up the sound of a clip: whole AAC frames as they are, one after the other, silence where a piece has none. At a
 * border the sound moves by half a frame at most, so that no frame overlaps another.
 */
final class SoundTrack {
    private static final String SILENCE = "silence.aac";
    /** Samples of a frame, at the rate that the configuration tells. */
    private static final long FRAME = 1024;

    private final Track format;
    private final Path silenceFile;
    private final long frame;
    private final SampleSequence samples = new SampleSequence();
    /** Where the next frame goes, in ticks; before the first one is placed the clip's beginning. */
    private long next;

    private int silenceBytes;

    private SoundTrack(Track format, Path silenceFile) throws BrokenMovie {
        this.format = format;
        this.silenceFile = silenceFile;
        this.frame = FRAME * format.timescale() / format.entry().aac().rate();
    }

    /**
     * @return empty where no piece has sound
     * @throws DoubtfulClip when silence is needed and none is known for the recordings' form of sound
     */
    static Optional<SoundTrack> of(List<Placed> pieces, Workspace workspace)
            throws IOException, DoubtfulClip, BrokenMovie {
        Optional<Track> format = pieces.stream()
                .flatMap(p -> p.piece().span().movie().audio().stream())
                .findFirst();
        if (format.isEmpty()) {
            return Optional.empty();
        }
        SoundTrack track = new SoundTrack(format.get(), workspace.file(SILENCE));
        for (Placed placed : pieces) {
            Optional<Track> audio = placed.piece().span().movie().audio();
            if (audio.isPresent()) {
                track.add(placed, audio.get());
            } else {
                track.addSilenceUntil(track.ticks(placed, placed.to()));
            }
        }
        return Optional.of(track);
    }

    private void add(Placed placed, Track audio) throws IOException, DoubtfulClip, BrokenMovie {
        Samples source = audio.samples();
        Span span = placed.piece().span();
        long begin = ticks(placed, placed.from());
        long end = ticks(placed, placed.to());
        long shift = ticks(placed, placed.from() - span.first());
        boolean joined = false;
        for (int i = 0; i < source.count(); i++) {
            long time = source.time(i) + shift;
            // behind a gap there is room for sound from before the piece, but none of it belongs to the clip
            boolean early = time + frame <= begin || (samples.count() > 0 && time < next - frame / 2);
            if (time >= end || (!joined && early)) {
                continue;
            }
            if (!joined) {
                addSilenceUntil(time);
                // the first frame of all may begin before the clip does
                shift += samples.count() == 0 ? 0 : next - time;
                time = source.time(i) + shift;
                joined = true;
            }
            samples.add(span.source().file(), source, i, shift, true);
            next = time + frame;
        }
    }

    private void addSilenceUntil(long end) throws IOException, DoubtfulClip, BrokenMovie {
        long missing = (end - next + frame / 2) / frame;
        if (missing <= 0) {
            return;
        }
        if (silenceBytes == 0) {
            AacConfig config = format.entry().aac();
            byte[] silence = config.silence()
                    .filter(s -> frame == FRAME)
                    .orElseThrow(() -> new DoubtfulClip(Reason.SOUND, "no silence is known for this form of sound"));
            Files.write(silenceFile, silence);
            silenceBytes = silence.length;
        }
        Samples silence = Samples.repeated(new ByteRange(0, silenceBytes), frame, Math.toIntExact(missing));
        for (int i = 0; i < missing; i++) {
            samples.add(silenceFile, silence, i, next, true);
        }
        next += missing * frame;
    }

    private long ticks(Placed placed, long pictureTicks) {
        return Math.round((double) pictureTicks
                * format.timescale()
                / placed.piece().span().video().timescale());
    }

    Track format() {
        return format;
    }

    SampleSequence samples() {
        return samples;
    }

    /** @return of one sample, in ticks */
    long frame() {
        return frame;
    }
}
