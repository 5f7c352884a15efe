package routes.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Cost of some work.
 *
 * @param wall seconds
 * @param cpu seconds, of this JVM and its child processes
 * @param memory of the largest child process, in MB
 */
record Usage(double wall, double cpu, double memory) {
    private static final double NANOS = 1e9;

    /** Work that may throw any exception. */
    interface Work {
        void run() throws Exception;
    }

    static Usage of(Work work) throws Exception {
        long self = ProcessHandle.current().pid();
        MemoryWatch watch = new MemoryWatch(self);
        double cpu = ownCpu() + ProcessTimes.ofEndedChildren(self);
        long start = System.nanoTime();
        try (watch) {
            work.run();
        }
        double wall = (System.nanoTime() - start) / NANOS;
        double after = ownCpu() + ProcessTimes.ofEndedChildren(self);
        return new Usage(wall, after - cpu - watch.ownCpu(), watch.peak());
    }

    private static double ownCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / NANOS;
    }
}
