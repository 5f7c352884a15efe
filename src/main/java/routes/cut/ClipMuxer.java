package routes.cut;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Matrix;
import routes.mp4.Movie;
import routes.mp4.MovieWriter;
import routes.mp4.SampleSequence;
import routes.mp4.Samples;
import routes.mp4.ShownSize;
import routes.mp4.Track;
import routes.scratch.Workspace;

/** Muxes copied samples and encoded segments into one MP4 and verifies it. See docs/decisions/0015. */
@Component
class ClipMuxer {
    /**
     * @return frames that could not be decoded and are missing from the clip
     * @throws ClipVerificationException if the clip differs from the plan
     */
    List<LostFrames> join(CutPlan plan, Workspace workspace) throws IOException, ClipVerificationException {
        try {
            List<TimelineSegment> segments = TimelineSegment.inOrder(plan.segments(), plan.format());
            VideoTrack picture = VideoTrack.of(segments, plan, workspace);
            if (picture.samples().count() == 0) {
                throw new ClipVerificationException("no frame can be decoded");
            }
            write(plan, segments, picture, workspace);
            // the writer and its chunk list are out of scope before the clip is read back
            ClipVerifier.check(
                    workspace.file(SmartCutter.CLIP),
                    picture.samples(),
                    picture.lost().isEmpty());
            return picture.lost();
        } catch (MalformedMp4Exception e) {
            throw new ClipVerificationException(e.getMessage());
        }
    }

    private static void write(CutPlan plan, List<TimelineSegment> segments, VideoTrack picture, Workspace workspace)
            throws IOException, ClipVerificationException, MalformedMp4Exception {
        TimelineSegment last = segments.get(segments.size() - 1);
        FrameSelection lastSelection = last.cut().selection();
        long lastDuration = Math.max(1, plan.format().ticks(lastSelection.lastDuration(), lastSelection.video()));
        Track first = segments.get(0).cut().selection().video();
        boolean whole = plan.format().whole();
        MovieWriter writer = new MovieWriter()
                .video(
                        plan.format().timescale(),
                        whole ? picture.entry().withCleanAperture(first.entry(), first.matrix()) : picture.entry(),
                        whole ? Matrix.IDENTITY : first.matrix(),
                        whole ? ShownSize.of(picture.entry()) : first.shownSize(),
                        picture.samples(),
                        lastDuration);
        if (plan.encodesSound()) {
            addEncodedSound(writer, workspace);
        } else {
            addSound(writer, AudioTrack.of(segments, plan.format(), workspace));
        }
        writer.write(workspace.file(SmartCutter.CLIP));
    }

    private static void addSound(MovieWriter writer, Optional<AudioTrack> sound) throws MalformedMp4Exception {
        if (sound.isPresent() && sound.get().samples().count() > 0) {
            AudioTrack heard = sound.get();
            writer.audio(heard.format().timescale(), heard.format().entry().aac(), heard.samples(), heard.frame());
        }
    }

    private static void addEncodedSound(MovieWriter writer, Workspace workspace)
            throws IOException, ClipVerificationException, MalformedMp4Exception {
        Track sound = Movie.read(workspace.file(SoundEncoder.FILE))
                .audio()
                .orElseThrow(() -> new ClipVerificationException("the encoded sound is empty"));
        Samples frames = sound.samples();
        SampleSequence all = new SampleSequence();
        for (int i = 0; i < frames.count(); i++) {
            all.add(workspace.file(SoundEncoder.FILE), frames, i, 0, true);
        }
        writer.audio(sound.timescale(), sound.entry().aac(), all, frames.lastDuration());
    }
}
