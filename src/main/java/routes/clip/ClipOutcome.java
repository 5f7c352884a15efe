package routes.clip;

import java.util.List;
import java.util.stream.Stream;

/** Why a clip job ended, or that it waits. The names are part of the announced document. */
public enum ClipOutcome {
    CLIP_AVAILABLE,
    CLIP_PENDING,
    CLIP_NOT_AVAILABLE,
    CLIP_OUT_OF_RANGE,
    CLIP_TOO_LONG,
    CLIP_RETRY_TIMEOUT,
    FATAL_ERROR;

    /** @return names of the outcomes that end a job */
    static List<String> ends() {
        return Stream.of(values())
                .filter(outcome -> outcome != CLIP_PENDING)
                .map(ClipOutcome::name)
                .toList();
    }
}
