package routes.support;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A track of a recording that was split into samples. Changes here are written unchecked, valid or not. */
public final class LooseTrack {
    final String kind;
    /** Sample descriptions, each a whole box. */
    public final List<byte[]> entries = new ArrayList<>();

    public List<LooseSample> samples = new ArrayList<>();
    public long timescale;
    /** Duration in ticks of the last sample in decode order. */
    public long lastDuration;
    /** Edits, each a duration in movie ticks (1000 per second) and a media time in ticks; null for none. */
    public List<long[]> edits;
    /** Durations to write instead of those of the samples' times; null for those. */
    public long[] durations;
    /** Width and height in 1/65536 pixel, as in {@code tkhd}. */
    public int shownWidth;

    public int shownHeight;
    byte[] matrix;

    LooseTrack(String kind, long timescale) {
        this.kind = kind;
        this.timescale = timescale;
    }

    /** @return ticks per frame, if all frames have the same duration */
    public long frame() {
        return samples.get(1).decoded() - samples.get(0).decoded();
    }

    public void each(UnaryOperator<LooseSample> change) {
        samples = new ArrayList<>(samples.stream().map(change).toList());
    }

    /** @return the content of a box within the only sample description of a video track */
    public byte[] picked(String type) {
        ByteBuffer in = ByteBuffer.wrap(entries.get(0));
        in.position(86);
        while (in.hasRemaining()) {
            byte[] body = new byte[in.getInt() - 8];
            byte[] name = new byte[4];
            in.get(name).get(body);
            if (new String(name, StandardCharsets.US_ASCII).equals(type)) {
                return body;
            }
        }
        throw new IllegalArgumentException("no " + type);
    }

    /** @param body of a box within the only sample description of a video track; null removes the box */
    public void put(String type, byte[] body) {
        byte[] entry = entries.get(0);
        LooseBoxes out = new LooseBoxes().bytes(ByteBuffer.wrap(entry, 8, 78));
        ByteBuffer in = ByteBuffer.wrap(entry);
        in.position(86);
        while (in.hasRemaining()) {
            int at = in.position();
            int size = in.getInt();
            byte[] name = new byte[4];
            in.get(name);
            in.position(at + size);
            if (!new String(name, StandardCharsets.US_ASCII).equals(type)) {
                out.bytes(ByteBuffer.wrap(entry, at, size));
            }
        }
        if (body != null) {
            out.box(type, b -> b.bytes(ByteBuffer.wrap(body)));
        }
        String name = new String(entry, 4, 4, StandardCharsets.US_ASCII);
        entries.set(
                0,
                new LooseBoxes()
                        .box(name, b -> b.bytes(ByteBuffer.wrap(out.toBytes())))
                        .toBytes());
    }
}
