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
 * The audio track of a clip: unchanged AAC frames in sequence, and silent frames for segments without sound. At a
 * segment boundary, sound shifts by at most half a frame, so that frames never overlap.
 */
final class AudioTrack {
    private static final String SILENCE = "silence.aac";
    /** PCM samples per AAC frame, at the sampling rate of the AudioSpecificConfig. */
    private static final long FRAME = 1024;

    private final Track format;
    private final ClipFormat clip;
    private final Path silenceFile;
    private final long frame;
    private final SampleSequence samples = new SampleSequence();
    /** Time of the next frame, in ticks; the start of the clip until the first frame is added. */
    private long next;

    private int silenceBytes;

    private AudioTrack(Track format, ClipFormat clip, Path silenceFile) throws MalformedMp4Exception {
        this.format = format;
        this.clip = clip;
        this.silenceFile = silenceFile;
        this.frame = FRAME * format.timescale() / format.entry().aac().rate();
    }

    /**
     * @return empty if no segment has sound
     * @throws ClipVerificationException if silence is needed and no silent frame is known for this AAC configuration
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
            // after a gap, earlier sound would fit, but it is not part of the clip
            boolean early = time + frame <= begin || (samples.count() > 0 && time < next - frame / 2);
            if (time >= end || (!joined && early)) {
                continue;
            }
            if (!joined) {
                addSilenceUntil(time);
                // the first frame of the track may start before the clip
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
                            FallbackReason.SOUND, "no silent frame is known for this AAC configuration"));
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

    /** @return duration of one AAC frame, in ticks */
    long frame() {
        return frame;
    }
}
