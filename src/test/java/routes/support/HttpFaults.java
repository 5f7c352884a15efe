package routes.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Faults of a small HTTP server, by path prefix; each fault serves a number of requests. */
final class HttpFaults {
    /**
     * One kind of fault.
     *
     * @param status of the response instead of the real one; 0 for the real one
     * @param delay before the response
     */
    record Fault(int status, Duration delay) {}

    private record Planned(String pathPrefix, Fault fault) {}

    private static final Fault UNAVAILABLE = new Fault(503, Duration.ZERO);

    private final List<Planned> planned = new ArrayList<>();
    private double share;
    private Random random = new Random(0);

    synchronized void plan(String pathPrefix, Fault fault, int times) {
        for (int i = 0; i < times; i++) {
            planned.add(new Planned(pathPrefix, fault));
        }
    }

    /** From now on this share of all requests, 0 to 1, gets a 503 unless another fault is planned. */
    synchronized void share(double faulty, Random seeded) {
        share = faulty;
        random = seeded;
    }

    /** Removes and returns the oldest planned fault for this path. */
    synchronized Optional<Fault> take(String path) {
        for (Planned candidate : planned) {
            if (path.startsWith(candidate.pathPrefix())) {
                planned.remove(candidate);
                return Optional.of(candidate.fault());
            }
        }
        return random.nextDouble() < share ? Optional.of(UNAVAILABLE) : Optional.empty();
    }

    synchronized void clear() {
        planned.clear();
        share = 0;
    }
}
