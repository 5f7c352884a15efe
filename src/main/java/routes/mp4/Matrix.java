package routes.mp4;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** The transformation matrix of a picture, in the fixed-point form of {@code tkhd}. */
public record Matrix(List<Integer> numbers) {
    private static final int ONE = 0x10000;
    static final int BYTES = 36;

    public static final Matrix IDENTITY = new Matrix(List.of(ONE, 0, 0, 0, ONE, 0, 0, 0, 0x40000000));

    /** @return whether it swaps rows and columns */
    public boolean isQuarterTurn() {
        return numbers.get(0) == 0 && numbers.get(4) == 0;
    }

    static Matrix read(ByteBuffer b, int at) {
        return new Matrix(IntStream.range(0, BYTES / Integer.BYTES)
                .mapToObj(i -> b.getInt(at + Integer.BYTES * i))
                .toList());
    }
}
