package routes.mp4;

import java.util.List;
import java.util.OptionalInt;

/**
 * Merges the slices of a picture that are samples of their own with one time: every picture has the same number of them, and
 * they are adjacent in the file.
 */
final class SliceSamples {
    private SliceSamples() {}

    /**
     * @param samples with times that may repeat
     * @return samples of whole pictures; unchanged if times repeat in any other way
     */
    static ListedSamples merge(Samples samples, List<ListedSamples.Run> runs) {
        OptionalInt slices = slices(samples);
        if (slices.isEmpty()) {
            return new ListedSamples(samples, runs);
        }
        ListedSamples.Builder pictures = new ListedSamples.Builder();
        int run = 0;
        for (int i = 0; i < samples.count(); i += slices.getAsInt()) {
            while (run + 1 < runs.size() && runs.get(run + 1).first() <= i) {
                run++;
            }
            ByteRange first = samples.range(i);
            ByteRange last = samples.range(i + slices.getAsInt() - 1);
            pictures.add(
                    samples.time(i),
                    new ByteRange(first.from(), last.to()),
                    samples.keyframes().get(i),
                    runs.get(run).entry());
        }
        return pictures.build(samples.lastDuration());
    }

    /** @return number of samples per picture, 2 or more; empty if there is no such number */
    private static OptionalInt slices(Samples samples) {
        int count = samples.count();
        int slices = 1;
        while (slices < count && samples.time(slices) == samples.time(0)) {
            slices++;
        }
        if (slices < 2 || slices == count || count % slices != 0) {
            return OptionalInt.empty();
        }
        for (int i = 1; i < count; i++) {
            boolean sameTime = samples.time(i) == samples.time(i - 1);
            boolean samePicture = i % slices != 0;
            if (sameTime != samePicture
                    || (samePicture
                            && samples.range(i - 1).to() != samples.range(i).from())) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(slices);
    }
}
