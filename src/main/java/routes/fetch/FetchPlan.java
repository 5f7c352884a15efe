package routes.fetch;

import java.util.List;
import java.util.stream.Stream;
import routes.cut.Source;

/**
 * The byte ranges of recordings to fetch for a clip.
 *
 * @param parts in any order
 * @param unreadable recordings to fetch completely and remux, since their tables cannot be read
 * @param inFragments fragmented recordings to fetch completely before their tables are read
 */
public record FetchPlan(List<RecordingPart> parts, List<Source> unreadable, List<Source> inFragments) {
    /** @return bytes to fetch */
    public long bytes() {
        return parts.stream().mapToLong(part -> part.range().length()).sum();
    }

    /** @return scratch bytes of the job: fetched bytes, remuxed recordings, and a clip as large as the fetched bytes */
    public long room() {
        return 2 * bytes()
                + Stream.concat(unreadable.stream(), inFragments.stream())
                        .mapToLong(Source::bytes)
                        .sum();
    }
}
