package routes.mp4;

import java.nio.ByteBuffer;

/** A run-length table such as stts: pairs of a count and a value. It is read once, in order. */
final class RunLengthTable {
    private final String type;
    private final ByteBuffer runs;
    private int runsLeft;
    private long samplesLeft;
    private int value;

    /** @throws MalformedMp4Exception if the box is too small for its runs */
    private RunLengthTable(String type, ByteBuffer table) throws MalformedMp4Exception {
        this.type = type;
        this.runs = table;
        this.runsLeft = Box.entries(table, 2 * Integer.BYTES);
    }

    static RunLengthTable of(Box table) throws MalformedMp4Exception {
        return table.read(b -> new RunLengthTable(table.type(), b));
    }

    /** @return whether there is a value for another sample */
    boolean next() {
        while (samplesLeft == 0 && runsLeft > 0) {
            samplesLeft = Integer.toUnsignedLong(runs.getInt());
            value = runs.getInt();
            runsLeft--;
        }
        if (samplesLeft == 0) {
            return false;
        }
        samplesLeft--;
        return true;
    }

    /** @return value of the current sample; after the end, that of the last one */
    int value() {
        return value;
    }

    /** @throws MalformedMp4Exception if values are left */
    void end() throws MalformedMp4Exception {
        if (next()) {
            throw new MalformedMp4Exception(type + " holds more samples than stsz");
        }
    }
}
