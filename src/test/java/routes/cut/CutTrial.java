package routes.cut;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import routes.failure.FootageMissingException;
import routes.fetch.FetchPlan;
import routes.fetch.FetchPlanner;
import routes.fetch.RecordingDownload;
import routes.fetch.RecordingPart;
import routes.mp4.ByteRange;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.MoovLocator;

/** One cut of local recordings, with the steps of the clip route. */
public final class CutTrial {
    private CutTrial() {}

    private interface RecordingDownload {
        List<Source> into(TestWorkspace test) throws IOException;
    }

    /**
     * @param scratch folder of a workspace, emptied again
     * @param sources with the complete recordings; their tables can be read
     * @param clip path of the finished clip
     */
    public static CutReport cut(Path scratch, List<Source> sources, Path clip) throws IOException {
        return cut(scratch, clip, test -> linked(sources, test)).report();
    }

    /** Like {@link #cut(Path, List, Path)}; does not decode the finished clip to count its errors. */
    public static CutReport cutAlone(Path scratch, List<Source> sources, Path clip) throws IOException {
        try (TestWorkspace test = new TestWorkspace(scratch)) {
            CutPlan plan = test.make(linked(sources, test));
            Files.move(test.workspace().file(SmartCutter.CLIP), clip);
            return plan.report();
        }
    }

    /**
     * Like {@link #cut(Path, List, Path)}, for recordings in any form, of which only the parts that the route fetches
     * are present.
     */
    public static CutReport fetchAndCut(Path scratch, List<Source> sources, Path clip) throws IOException {
        return fetchAndCutPlan(scratch, sources, clip).report();
    }

    /** Like {@link #fetchAndCut}; returns the finished plan. */
    public static CutPlan fetchAndCutPlan(Path scratch, List<Source> sources, Path clip) throws IOException {
        return cut(scratch, clip, test -> fetched(sources, test));
    }

    private static CutPlan cut(Path scratch, Path clip, RecordingDownload fetch) throws IOException {
        try (TestWorkspace test = new TestWorkspace(scratch)) {
            CutPlan plan = test.cut(fetch.into(test));
            Files.move(test.workspace().file(SmartCutter.CLIP), clip);
            return plan;
        }
    }

    private static List<Source> linked(List<Source> sources, TestWorkspace test) throws IOException {
        List<Source> linked = new ArrayList<>();
        for (Source s : sources) {
            Path file = test.workspace().recording(linked.size());
            Files.createLink(file, s.file());
            linked.add(new Source(s.key(), file, s.bytes(), s.etag(), s.start(), s.end(), s.from(), s.to()));
        }
        return linked;
    }

    /** @return with zeros instead of the bytes that the clip does not need */
    private static List<Source> fetched(List<Source> sources, TestWorkspace test) throws IOException {
        List<Source> fetched = new ArrayList<>();
        for (Source s : sources) {
            Path file = test.workspace().recording(fetched.size());
            fetchTables(s.file(), file);
            // the planner's parts carry the recording in their key
            String key = s.file().toString();
            fetched.add(new Source(key, file, Files.size(s.file()), s.etag(), s.start(), s.end(), s.from(), s.to()));
        }
        FetchPlan plan = new FetchPlanner().plan(fetched);
        for (RecordingPart part : plan.parts()) {
            fetch(part);
        }
        for (Source source : new FetchPlanner().readFragments(plan).unreadable()) {
            Remuxer repair = new Remuxer();
            test.runner(60, 60).execute(test.command(repair.command(source)));
            repair.replace(source, test.workspace());
        }
        return fetched;
    }

    /** Copies a part of a recording, unless the recording is complete. */
    static void fetch(RecordingPart part) throws IOException {
        Path recording = Path.of(part.key());
        if (Files.exists(recording)) {
            copy(recording, part.file(), part.range());
        }
    }

    private static void fetchTables(Path from, Path to) throws IOException {
        MoovLocator search = new MoovLocator(to);
        try {
            for (Optional<ByteRange> next = search.next(); next.isPresent(); next = search.next()) {
                copy(from, to, next.get());
                search.found(next.get(), Files.size(from));
            }
        } catch (MalformedMp4Exception e) {
            throw new FootageMissingException(e.getMessage());
        }
    }

    private static void copy(Path from, Path to, ByteRange range) throws IOException {
        try (FileChannel source = FileChannel.open(from);
                RandomAccessFile target = new RandomAccessFile(to.toFile(), "rw")) {
            target.setLength(source.size());
            target.getChannel().transferFrom(source.position(range.from()), range.from(), range.length());
        }
    }

    /** @return the plan of the cut, as far as the recordings determine it */
    public static CutReport plan(List<Source> sources) throws IOException {
        return new CutPlanner().plan(sources).report();
    }
}
