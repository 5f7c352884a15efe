package routes.transcode.mediaconvert;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job keeps of the work of MediaConvert, as JSON.
 *
 * @param prefix of the stream, which stays if the setting changes
 * @param film null until it is known
 * @param warnings the first ones, at most 10
 */
public record EngineDetails(String prefix, FilmFormat film, List<EngineWarning> warnings) {
    private static final int MOST_WARNINGS = 10;
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public EngineDetails {
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /** @param text of {@link #text}, or null */
    public static EngineDetails of(String text) {
        try {
            return text == null ? new EngineDetails(null, null, List.of()) : JSON.readValue(text, EngineDetails.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the details of a transcode: " + text, e);
        }
    }

    public EngineDetails withPrefix(String ofStream) {
        return new EngineDetails(ofStream, film, warnings);
    }

    /** @return with what a report adds; equal if that is nothing */
    EngineDetails with(EngineReport report) {
        return new EngineDetails(prefix, report.film() == null ? film : report.film(), added(report.warning()));
    }

    private List<EngineWarning> added(EngineWarning warning) {
        if (warning == null || warnings.contains(warning) || warnings.size() == MOST_WARNINGS) {
            return warnings;
        }
        List<EngineWarning> more = new ArrayList<>(warnings);
        more.add(warning);
        return more;
    }

    /** @return as JSON */
    public String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
