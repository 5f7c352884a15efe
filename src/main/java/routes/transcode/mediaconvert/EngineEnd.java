package routes.transcode.mediaconvert;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.List;

/**
 * The end of a job of MediaConvert.
 *
 * @param status COMPLETE, ERROR or CANCELED
 * @param durationMs of the longest output; 0 unless COMPLETE
 * @param widthPx of the largest output; 0 if there is only sound
 * @param heightPx likewise
 * @param errorCode as MediaConvert gave it; null unless ERROR
 * @param errorMessage likewise, with names that are not for clients
 */
public record EngineEnd(
        Status status, long durationMs, int widthPx, int heightPx, String errorCode, String errorMessage) {
    /** How it ended. */
    public enum Status {
        COMPLETE,
        ERROR,
        CANCELED
    }

    /** @param outputs of a job that is complete */
    static EngineEnd of(List<EngineOutput> outputs) {
        EngineOutput none = new EngineOutput(0, 0, 0);
        EngineOutput longest =
                outputs.stream().max(comparingLong(EngineOutput::durationMs)).orElse(none);
        EngineOutput largest =
                outputs.stream().max(comparingInt(EngineOutput::heightPx)).orElse(none);
        return new EngineEnd(Status.COMPLETE, longest.durationMs(), largest.widthPx(), largest.heightPx(), null, null);
    }

    static EngineEnd error(String code, String message) {
        return new EngineEnd(Status.ERROR, 0, 0, 0, code, message);
    }

    static EngineEnd canceled() {
        return new EngineEnd(Status.CANCELED, 0, 0, 0, null, null);
    }

    boolean isComplete() {
        return status == Status.COMPLETE;
    }
}
