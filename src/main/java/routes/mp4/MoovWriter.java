package routes.mp4;

import java.util.List;

/** Writes {@code moov}, except for the sample tables. */
final class MoovWriter {
    private static final int FIXED_ONE = 0x10000;
    private static final int FULL_VOLUME = 0x100;
    private static final int UNDETERMINED_LANGUAGE = 0x55C4;
    private static final long LARGEST_WORD = 0xFFFF_FFFFL;
    /** The movie has the timescale of its first track, so that no duration is rounded. */
    private final long timescale;

    private final BoxWriter moov;

    private MoovWriter(BoxWriter moov, long timescale) {
        this.moov = moov;
        this.timescale = timescale;
    }

    /**
     * @param wide whether chunk offsets have 64 bits
     * @param dataStart offset of the first chunk in the file, in bytes
     */
    static void write(BoxWriter moov, List<OutputTrack> tracks, List<Chunk> chunks, boolean wide, long dataStart) {
        new MoovWriter(moov, tracks.get(0).timescale()).write(tracks, chunks, wide, dataStart);
    }

    private void write(List<OutputTrack> tracks, List<Chunk> chunks, boolean wide, long dataStart) {
        long longest = tracks.stream().mapToLong(this::duration).max().orElse(0);
        int version = version(longest);
        moov.box("mvhd", version, 0, b -> {
            b.word(version, 0).word(version, 0).u32(timescale).word(version, longest);
            b.u32(FIXED_ONE).u16(FULL_VOLUME).zeros(10);
            Matrix.IDENTITY.numbers().forEach(b::u32);
            b.zeros(24).u32(tracks.size() + 1L);
        });
        for (int i = 0; i < tracks.size(); i++) {
            OutputTrack track = tracks.get(i);
            int index = i;
            List<Chunk> own = chunks.stream().filter(c -> c.track() == index).toList();
            moov.box("trak", b -> {
                head(b, track, index + 1);
                edits(b, track);
                b.box("mdia", m -> media(m, track, own, wide, dataStart));
            });
        }
    }

    private void head(BoxWriter trak, OutputTrack track, int number) {
        boolean picture = track.kind().equals("vide");
        int version = version(duration(track));
        // enabled and in the presentation
        trak.box("tkhd", version, 3, b -> {
            b.word(version, 0).word(version, 0).u32(number).u32(0).word(version, duration(track));
            b.zeros(8).u16(0).u16(0).u16(picture ? 0 : FULL_VOLUME).u16(0);
            track.matrix().numbers().forEach(b::u32);
            b.u32(track.shownSize().width()).u32(track.shownSize().height());
        });
    }

    /** A track that starts later than the movie begins with an empty edit: a media time is never negative. */
    private void edits(BoxWriter trak, OutputTrack track) {
        long pause = Math.max(0, -track.editStart());
        long start = Math.max(0, track.editStart());
        int version = version(Math.max(duration(track), start));
        trak.box(
                "edts",
                e -> e.box("elst", version, 0, b -> {
                    b.u32(pause > 0 ? 2 : 1);
                    if (pause > 0) {
                        b.word(version, movieTicks(pause, track))
                                .word(version, -1)
                                .u32(FIXED_ONE);
                    }
                    b.word(version, duration(track) - movieTicks(pause, track))
                            .word(version, start)
                            .u32(FIXED_ONE);
                }));
    }

    private static void media(BoxWriter mdia, OutputTrack track, List<Chunk> chunks, boolean wide, long dataStart) {
        int version = version(track.mediaDuration());
        mdia.box("mdhd", version, 0, b -> b.word(version, 0)
                .word(version, 0)
                .u32(track.timescale())
                .word(version, track.mediaDuration())
                .u16(UNDETERMINED_LANGUAGE)
                .u16(0));
        mdia.box("hdlr", 0, 0, b -> b.u32(0).name(track.kind()).zeros(13));
        mdia.box("minf", m -> {
            if (track.kind().equals("vide")) {
                m.box("vmhd", 0, 1, b -> b.zeros(8));
            } else {
                m.box("smhd", 0, 0, b -> b.zeros(4));
            }
            m.box("dinf", d -> d.box("dref", 0, 0, b -> b.u32(1).box("url ", 0, 1, self -> {})));
            m.box("stbl", b -> TrackTables.write(b, track, chunks, wide, dataStart));
        });
    }

    private long duration(OutputTrack track) {
        return movieTicks(track.duration(), track);
    }

    private long movieTicks(long ticks, OutputTrack track) {
        return Math.round((double) ticks * timescale / track.timescale());
    }

    private static int version(long largest) {
        return largest > LARGEST_WORD ? 1 : 0;
    }
}
