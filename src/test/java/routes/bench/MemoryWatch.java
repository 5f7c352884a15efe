package routes.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Samples the child processes of a process every 10 ms, and keeps the largest memory of any of them. */
final class MemoryWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 10;
    private static final double NANOS = 1e9;

    private final Thread thread;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile double peak;
    private volatile double ownCpu;

    /** @param pid of the process whose children are sampled; existing children are ignored */
    MemoryWatch(long pid) {
        ProcessHandle parent = ProcessHandle.of(pid).orElseThrow();
        Set<ProcessHandle> others = parent.children().collect(Collectors.toSet());
        thread = new Thread(() -> watch(parent, others), "memory-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch(ProcessHandle parent, Set<ProcessHandle> others) {
        try {
            while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                for (ProcessHandle child : parent.children()
                        .filter(child -> !others.contains(child))
                        .toList()) {
                    peak = Math.max(
                            peak,
                            ProcessTimes.peakMemoryOf("ffmpeg", child.pid()).orElse(0.0));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ownCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / NANOS;
        }
    }

    /** @return MB, after close */
    double peak() {
        return peak;
    }

    /** @return CPU seconds of the sampling itself, after close */
    double ownCpu() {
        return ownCpu;
    }

    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
