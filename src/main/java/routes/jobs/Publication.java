package routes.jobs;

import java.util.ArrayList;
import java.util.List;

/**
 * How far one sink is with the document of a decided job.
 *
 * @param sink its name
 * @param tries how often it was sent to, counted before it is sent
 * @param lastError fit for strangers, or null
 */
public record Publication(String sink, Status status, int tries, String lastError) {
    /** PENDING → SENDING → TAKEN | REFUSED | FAILED → SENDING …; what is SENDING may have been taken already. */
    public enum Status {
        PENDING,
        SENDING,
        TAKEN,
        REFUSED,
        FAILED
    }

    public static Publication pending(String sink) {
        return new Publication(sink, Status.PENDING, 0, null);
    }

    /** @return whether the sink is sent nothing more */
    public boolean hasEnded() {
        return status == Status.TAKEN || status == Status.REFUSED;
    }

    public Publication sending() {
        return new Publication(sink, Status.SENDING, tries + 1, lastError);
    }

    public Publication taken() {
        return new Publication(sink, Status.TAKEN, tries, lastError);
    }

    /** @param error why the sink will never take it */
    public Publication refused(String error) {
        return new Publication(sink, Status.REFUSED, tries, error);
    }

    /**
     * @param error why it was not taken this time
     * @param isKnown false where it may have been taken nevertheless
     */
    public Publication failed(String error, boolean isKnown) {
        return new Publication(sink, isKnown ? Status.FAILED : Status.SENDING, tries, error);
    }

    /** @return the same list with this one in the place of its sink's */
    List<Publication> in(List<Publication> all) {
        List<Publication> changed = new ArrayList<>(all);
        changed.replaceAll(one -> one.sink().equals(sink) ? this : one);
        return List.copyOf(changed);
    }
}
