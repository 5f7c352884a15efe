package routes.transcode.hls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import routes.support.TestSettings;

/** The arguments of the service's ffmpeg, for a run without the service. */
public final class BareFfmpeg {
    private BareFfmpeg() {}

    /** @return arguments that write all segments of a film from its beginning; the working directory is its folder */
    public static List<String> arguments(Path film) throws Exception {
        StreamPlanner planner = new StreamPlanner(TestSettings.with(Map.of("S3_BUCKET_DESTINATION", "streams")), null);
        Film whole = new Film(film, film.getFileName().toString(), Files.size(film));
        return StreamCommand.of(planner.plan(whole), ResumePoint.BEGINNING);
    }
}
