package routes.cut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import routes.mp4.AacConfig;
import routes.mp4.ByteRange;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.SampleSequence;
import routes.mp4.Samples;
import routes.mp4.Track;
import routes.scratch.Workspace;

/**
 * Lines up the sound of a clip: whole AAC frames as they are, one after the other, silence where a segment has none. At a
 * border the sound moves by half a frame at most, so that no frame overlaps another.
 */
final class AudioTrack {
    private static final String SILENCE = "silence.aac";
    /** Samples of a frame, at the rate that the configuration tells. */
    private static final long FRAME = 1024;

    private final Track format;
    private final ClipFormat clip;
    private final Path silenceFile;
    private final long frame;
    private final SampleSequence samples = new SampleSequence();
    /** Where the next frame goes, in ticks; before the first one is placed the clip's beginning. */
    private long next;

    private int silenceBytes;

    private AudioTrack(Track format, ClipFormat clip, Path silenceFile) throws MalformedMp4Exception {
        this.format = format;
        this.clip = clip;
        this.silenceFile = silenceFile;
        this.frame = FRAME * format.timescale() / format.entry().aac().rate();
    }

    /**
     * @return empty where no segment has sound
     * @throws ClipVerificationException when silence is needed and none is known for the recordings' form of sound
     */
    static Optional<AudioTrack> of(List<TimelineSegment> segments, ClipFormat clip, Workspace workspace)
            throws IOException, ClipVerificationException, MalformedMp4Exception {
        Optional<Track> format = segments.stream()
                .flatMap(p -> p.cut().selection().movie().audio().stream())
                .findFirst();
        if (format.isEmpty()) {
            return Optional.empty();
        }
        AudioTrack track = new AudioTrack(format.get(), clip, workspace.file(SILENCE));
        for (TimelineSegment placed : segments) {
            Optional<Track> audio = placed.cut().selection().movie().audio();
            if (audio.isPresent()) {
                track.add(placed, audio.get());
            } else {
                track.addSilenceUntil(track.ticks(placed.to(), clip.timescale()));
            }
        }
        return Optional.of(track);
    }

    private void add(TimelineSegment placed, Track audio)
            throws IOException, ClipVerificationException, MalformedMp4Exception {
        Samples source = audio.samples();
        FrameSelection selection = placed.cut().selection();
        long begin = ticks(placed.from(), clip.timescale());
        long end = ticks(placed.to(), clip.timescale());
        long shift = begin - ticks(selection.first(), selection.video().timescale());
        boolean joined = false;
        for (int i = 0; i < source.count(); i++) {
            long time = source.time(i) + shift;
            // behind a gap there is room for sound from before the segment, but none of it belongs to the clip
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
            samples.add(selection.source().file(), source, i, shift, true);
            next = time + frame;
        }
    }

    private void addSilenceUntil(long end) throws IOException, ClipVerificationException, MalformedMp4Exception {
        long missing = (end - next + frame / 2) / frame;
        if (missing <= 0) {
            return;
        }
        if (silenceBytes == 0) {
            AacConfig config = format.entry().aac();
            byte[] silence = config.silence()
                    .filter(s -> frame == FRAME)
                    .orElseThrow(() -> new ClipVerificationException(
                            FallbackReason.SOUND, "no silence is known for this form of sound"));
            Files.write(silenceFile, silence);
            silenceBytes = silence.length;
        }
        Samples silence = Samples.repeated(new ByteRange(0, silenceBytes), frame, Math.toIntExact(missing));
        for (int i = 0; i < missing; i++) {
            samples.add(silenceFile, silence, i, next, true);
        }
        next += missing * frame;
    }

    private long ticks(long pictureTicks, long timescale) {
        return Math.round((double) pictureTicks * format.timescale() / timescale);
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
