package routes.mp4;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A range of bytes in a file.
 *
 * @param from inclusive, in bytes
 * @param to exclusive, in bytes
 */
public record ByteRange(long from, long to) {
    public long length() {
        return to - from;
    }

    /**
     * @param gap bytes; ranges with a smaller or equal gap are merged
     * @return ascending, without overlaps
     */
    public static List<ByteRange> join(Collection<ByteRange> ranges, long gap) {
        List<ByteRange> joined = new ArrayList<>();
        ranges.stream().sorted(Comparator.comparingLong(ByteRange::from)).forEach(range -> {
            ByteRange last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && range.from - last.to <= gap) {
                joined.set(joined.size() - 1, new ByteRange(last.from, Math.max(last.to, range.to)));
            } else {
                joined.add(range);
            }
        });
        return joined;
    }

    /** @return subranges of at most that many bytes, ascending */
    public List<ByteRange> split(long most) {
        List<ByteRange> parts = new ArrayList<>();
        for (long at = from; at < to; at += most) {
            parts.add(new ByteRange(at, Math.min(to, at + most)));
        }
        return parts;
    }
}
