package routes.support;

import java.nio.ByteBuffer;

/**
 * One sample of a recording.
 *
 * @param data backed by an array, possibly that of the whole file
 * @param decoded decode time in ticks
 * @param shown composition time in ticks, before any edit
 * @param entry number of its sample description, from 1
 */
public record LooseSample(ByteBuffer data, long decoded, long shown, boolean keyframe, int entry) {
    public LooseSample at(long newDecoded, long newShown) {
        return new LooseSample(data, newDecoded, newShown, keyframe, entry);
    }

    public LooseSample later(long ticks) {
        return at(decoded + ticks, shown + ticks);
    }

    public LooseSample with(byte[] newData) {
        return new LooseSample(ByteBuffer.wrap(newData), decoded, shown, keyframe, entry);
    }

    public LooseSample asKeyframe(boolean is) {
        return new LooseSample(data, decoded, shown, is, entry);
    }

    public LooseSample of(int newEntry) {
        return new LooseSample(data, decoded, shown, keyframe, newEntry);
    }
}
