package routes.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import routes.media.mp4.BrokenMovie;
import routes.media.mp4.Movie;

/** One cut of local recordings, as the clip route has it made. */
public final class CutTrial {
    private CutTrial() {}

    /**
     * @param scratch where a workspace is made, and left again
     * @param sources with the recordings where they are
     * @param clip where the finished clip goes
     */
    public static CutReport cut(Path scratch, List<Source> sources, Path clip) throws IOException {
        try (TestWorkspace test = new TestWorkspace(scratch)) {
            List<Source> fetched = new ArrayList<>();
            for (Source s : sources) {
                Path file = test.workspace().file("recording-" + fetched.size() + ".mp4");
                Files.createLink(file, s.file());
                fetched.add(new Source(s.key(), file, s.bytes(), s.etag(), s.start(), s.from(), s.to()));
            }
            for (Source source : fetched) {
                if (!isReadable(source)) {
                    TableRepair repair = new TableRepair();
                    test.runner(60, 60).execute(test.command(repair.command(source)));
                    repair.replace(source, test.workspace());
                }
            }
            CutReport report = test.cut(fetched);
            Files.move(test.workspace().file(Cutter.CLIP), clip);
            return report;
        }
    }

    private static boolean isReadable(Source source) throws IOException {
        try {
            return Movie.read(source.file()).video().isPresent();
        } catch (BrokenMovie e) {
            // one that is still written is not repaired but looked for again
            return e.isUnfinished();
        }
    }

    /** @return what a cut would do, so far as the recordings tell */
    public static CutReport plan(List<Source> sources) throws IOException {
        return new CutPlanner().plan(sources).report();
    }
}
