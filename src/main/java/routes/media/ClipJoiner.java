package routes.media;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import routes.media.mp4.BrokenMovie;
import routes.media.mp4.MovieWriter;
import routes.media.mp4.SampleSequence;
import routes.media.mp4.Track;

/** Joins copied samples and encoded edges to one MP4, and checks it. */
@Component
class ClipJoiner {
    /** @throws DoubtfulClip when the clip did not come out as planned */
    void join(CutPlan plan, Workspace workspace) throws IOException, DoubtfulClip {
        try {
            // what only the writing needs, such as the list of chunks, is gone when the clip is read back
            ClipCheck.check(workspace.file(Cutter.CLIP), write(plan, workspace));
        } catch (BrokenMovie e) {
            throw new DoubtfulClip(e.getMessage());
        }
    }

    /** @return the pictures that were written */
    private static SampleSequence write(CutPlan plan, Workspace workspace)
            throws IOException, DoubtfulClip, BrokenMovie {
        List<Placed> pieces = Placed.inOrder(plan.pieces());
        PictureTrack picture = PictureTrack.of(pieces, plan.edges(), workspace);
        Optional<SoundTrack> sound = SoundTrack.of(pieces, workspace);
        Track format = pieces.get(0).piece().span().video();
        Placed last = pieces.get(pieces.size() - 1);
        Span lastSpan = last.piece().span();
        MovieWriter writer = new MovieWriter()
                .video(
                        format.timescale(),
                        format.entry().with(picture.config()),
                        format.matrix(),
                        picture.samples(),
                        lastSpan.lastDuration());
        if (sound.isPresent() && sound.get().samples().count() > 0) {
            SoundTrack heard = sound.get();
            writer.audio(heard.format().timescale(), heard.format().entry().aac(), heard.samples(), heard.frame());
        }
        writer.write(workspace.file(Cutter.CLIP));
        return picture.samples();
    }
}
