package routes.fetch;

import java.util.List;
import java.util.stream.Stream;
import routes.cut.Source;

/**
 * What is fetched of a clip's recordings.
 *
 * @param parts to fetch, in any order
 * @param unreadable recordings whose tables have to be made anew, once they are here whole
 * @param inFragments recordings whose tables are read once they are here whole
 */
public record FetchPlan(List<RecordingPart> parts, List<Source> unreadable, List<Source> inFragments) {
    /** @return bytes that are fetched */
    public long bytes() {
        return parts.stream().mapToLong(part -> part.range().length()).sum();
    }

    /** @return bytes of disk that the job takes: what is fetched, what is made anew, and a clip as large */
    public long room() {
        return 2 * bytes()
                + Stream.concat(unreadable.stream(), inFragments.stream())
                        .mapToLong(Source::bytes)
                        .sum();
    }
}
