package routes.mp4;

import java.nio.ByteBuffer;

/** A table of runs, such as stts: of how many samples in a row a number holds, and the number. It is read once, in order. */
final class RunLengthTable {
    private final String type;
    private final ByteBuffer runs;
    private int runsLeft;
    private long samplesLeft;
    private int value;

    /** @throws MalformedMp4Exception when it has no room for its runs */
    private RunLengthTable(String type, ByteBuffer table) throws MalformedMp4Exception {
        this.type = type;
        this.runs = table;
        this.runsLeft = Box.entries(table, 2 * Integer.BYTES);
    }

    static RunLengthTable of(Box table) throws MalformedMp4Exception {
        return table.read(b -> new RunLengthTable(table.type(), b));
    }

    /** @return whether there is another sample of which it tells a value */
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

    /** @return of the sample that was reached; the last one that the table tells, where it was read to its end */
    int value() {
        return value;
    }

    /** @throws MalformedMp4Exception when it goes on */
    void end() throws MalformedMp4Exception {
        if (next()) {
            throw new MalformedMp4Exception(type + " holds more samples than stsz");
        }
    }
}
