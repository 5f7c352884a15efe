package routes.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a test wants a small HTTP server to do wrong, by path prefix; each fault serves a number of requests. */
final class HttpFaults {
    /**
     * One way to go wrong.
     *
     * @param status answered instead of the real answer; 0 for the real one
     * @param delay waited before the answer
     */
    record Fault(int status, Duration delay) {}

    private record Planned(String pathPrefix, Fault fault) {}

    private final List<Planned> planned = new ArrayList<>();

    synchronized void plan(String pathPrefix, Fault fault, int times) {
        for (int i = 0; i < times; i++) {
            planned.add(new Planned(pathPrefix, fault));
        }
    }

    /** The oldest planned fault for this path, which is then used up. */
    synchronized Optional<Fault> take(String path) {
        for (Planned candidate : planned) {
            if (path.startsWith(candidate.pathPrefix())) {
                planned.remove(candidate);
                return Optional.of(candidate.fault());
            }
        }
        return Optional.empty();
    }

    synchronized void clear() {
        planned.clear();
    }
}
