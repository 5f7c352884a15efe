package routes.jobs;

/** QUEUED → RUNNING → (WAITING → RUNNING)* → ANNOUNCING → DONE | FAILED; CANCELLED from any state before ANNOUNCING. */
public enum JobStatus {
    QUEUED,
    RUNNING,
    WAITING,
    ANNOUNCING,
    DONE,
    FAILED,
    CANCELLED;

    /** @return whether only an explicit retry changes the job any more */
    public boolean isTerminal() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
