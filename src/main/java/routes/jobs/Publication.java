package routes.jobs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The progress of one sink with the document of a decided job.
 *
 * @param sink its name
 * @param tries number of calls, counted before each call
 * @param lastError public reason, or null
 * @param isDoubtful whether an earlier call may have been accepted, though no response arrived
 */
public record Publication(String sink, Status status, int tries, String lastError, @JsonIgnore boolean isDoubtful) {
    /** PENDING → SENDING → ACCEPTED | REJECTED | FAILED → SENDING …; a process that dies leaves SENDING behind. */
    public enum Status {
        PENDING("PENDING"),
        SENDING("SENDING"),
        ACCEPTED("TAKEN"),
        REJECTED("REFUSED"),
        FAILED("FAILED");

        private final String stored;

        Status(String stored) {
            this.stored = stored;
        }

        /** @return its value in the jobs table, which is a contract */
        String stored() {
            return stored;
        }

        static Status ofStored(String value) {
            return Stream.of(values())
                    .filter(status -> status.stored.equals(value))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("unknown status of a publication: " + value));
        }
    }

    public static Publication pending(String sink) {
        return new Publication(sink, Status.PENDING, 0, null, false);
    }

    /** @return whether the sink is not called again */
    public boolean hasEnded() {
        return status == Status.ACCEPTED || status == Status.REJECTED;
    }

    public Publication sending() {
        return new Publication(sink, Status.SENDING, tries + 1, lastError, isDoubtful || status == Status.SENDING);
    }

    public Publication accepted() {
        return new Publication(sink, Status.ACCEPTED, tries, lastError, isDoubtful);
    }

    /** @param error why the sink rejected the document */
    public Publication rejected(String error) {
        return new Publication(sink, Status.REJECTED, tries, error, isDoubtful);
    }

    /**
     * @param error why the document was not accepted
     * @param mayBeAccepted whether it may have been accepted nevertheless
     */
    public Publication failed(String error, boolean mayBeAccepted) {
        return new Publication(sink, Status.FAILED, tries, error, isDoubtful || mayBeAccepted);
    }

    /** @return the same list with this one in place of its sink's */
    List<Publication> in(List<Publication> all) {
        List<Publication> changed = new ArrayList<>(all);
        changed.replaceAll(one -> one.sink().equals(sink) ? this : one);
        return List.copyOf(changed);
    }
}
