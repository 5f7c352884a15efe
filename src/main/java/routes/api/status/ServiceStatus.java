package routes.api.status;

import java.util.List;
import java.util.Map;

/**
 * Figures of the service, as in the contract. What is not known is null.
 *
 * @param lastHour jobs that ended, by outcome
 * @param openJobs jobs that have not ended
 */
record ServiceStatus(List<Queue> queues, Workers workers, Map<String, Integer> lastHour, int openJobs) {
    /** @param oldestMessageSeconds age of the oldest job that is QUEUED */
    record Queue(String type, Integer waiting, Integer inFlight, Long oldestMessageSeconds) {}

    /**
     * @param busy jobs at work in this process; in all processes if this one has no workers
     * @param of workers of this process; null if it has none
     */
    record Workers(int busy, Integer of) {}
}
