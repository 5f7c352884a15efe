package routes.mp4;

/** Reads the bits of a NAL unit, without its emulation prevention bytes. */
final class BitReader {
    private static final int LONGEST_CODE = 32;

    private final byte[] unit;
    private int at;

    BitReader(byte[] unit) {
        this.unit = withoutEmulationPrevention(unit);
    }

    /** @param count 0 to 32 */
    long read(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | (unit[at >> 3] >> (7 - (at & 7)) & 1);
            at++;
        }
        return value;
    }

    boolean flag() {
        return read(1) == 1;
    }

    /** @return an unsigned Exp-Golomb code */
    long unsigned() {
        int zeros = 0;
        while (!flag()) {
            if (++zeros > LONGEST_CODE) {
                throw new IllegalArgumentException("not an Exp-Golomb code");
            }
        }
        return (1L << zeros) - 1 + read(zeros);
    }

    /** @return a signed Exp-Golomb code */
    long signed() {
        long code = unsigned();
        return code % 2 == 0 ? -code / 2 : (code + 1) / 2;
    }

    private static byte[] withoutEmulationPrevention(byte[] unit) {
        byte[] plain = new byte[unit.length];
        int length = 0;
        int zeros = 0;
        for (byte b : unit) {
            if (zeros >= 2 && b == 3) {
                zeros = 0;
                continue;
            }
            zeros = b == 0 ? zeros + 1 : 0;
            plain[length++] = b;
        }
        return java.util.Arrays.copyOf(plain, length);
    }
}
