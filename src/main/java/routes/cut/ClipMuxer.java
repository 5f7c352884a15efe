package routes.cut;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.MovieWriter;
import routes.mp4.SampleSequence;
import routes.mp4.Track;
import routes.scratch.Workspace;

/** Joins copied samples and encoded edges to one MP4, and checks it. */
@Component
class ClipMuxer {
    /** @throws ClipVerificationException when the clip did not come out as planned */
    void join(CutPlan plan, Workspace workspace) throws IOException, ClipVerificationException {
        try {
            // what only the writing needs, such as the list of chunks, is gone when the clip is read back
            ClipVerifier.check(workspace.file(SmartCutter.CLIP), write(plan, workspace));
        } catch (MalformedMp4Exception e) {
            throw new ClipVerificationException(e.getMessage());
        }
    }

    /** @return the pictures that were written */
    private static SampleSequence write(CutPlan plan, Workspace workspace)
            throws IOException, ClipVerificationException, MalformedMp4Exception {
        List<TimelineSegment> pieces = TimelineSegment.inOrder(plan.pieces());
        VideoTrack picture = VideoTrack.of(pieces, plan.edges(), workspace);
        Optional<AudioTrack> sound = AudioTrack.of(pieces, workspace);
        Track format = pieces.get(0).piece().span().video();
        TimelineSegment last = pieces.get(pieces.size() - 1);
        FrameSelection lastSpan = last.piece().span();
        MovieWriter writer = new MovieWriter()
                .video(
                        format.timescale(),
                        format.entry().with(picture.config()),
                        format.matrix(),
                        picture.samples(),
                        lastSpan.lastDuration());
        if (sound.isPresent() && sound.get().samples().count() > 0) {
            AudioTrack heard = sound.get();
            writer.audio(heard.format().timescale(), heard.format().entry().aac(), heard.samples(), heard.frame());
        }
        writer.write(workspace.file(SmartCutter.CLIP));
        return picture.samples();
    }
}
