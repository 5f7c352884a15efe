package routes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Figures of a process from Linux. */
final class ProcessTimes {
    /** Ticks of /proc: USER_HZ, the same on every Linux. */
    private static final double TICKS_PER_SECOND = 100;

    private ProcessTimes() {}

    /** @return CPU seconds of the process itself */
    static double of(long pid) throws IOException {
        return seconds(pid, 11);
    }

    /** @return CPU seconds of children that ended and were waited for, and of their descendants */
    static double ofEndedChildren(long pid) throws IOException {
        return seconds(pid, 13);
    }

    /**
     * @param field index of the user-mode time, counted from 0 after the program's name; the kernel-mode time follows
     */
    private static double seconds(long pid, int field) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) / TICKS_PER_SECOND;
    }

    /**
     * @return like {@link #peakMemory}; also empty before the process runs this program, while it shares its parent's
     *     memory
     */
    static Optional<Double> peakMemoryOf(String program, long pid) throws IOException {
        Path name = Path.of("/proc", String.valueOf(pid), "comm");
        try {
            return Files.readString(name).strip().equals(program) ? peakMemory(pid) : Optional.empty();
        } catch (IOException e) {
            // the process has ended
            return Optional.empty();
        }
    }

    /** @return its peak memory in MB; empty if it has ended */
    static Optional<Double> peakMemory(long pid) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // the process ended while the file was read
            if (ProcessHandle.of(pid).isEmpty()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
