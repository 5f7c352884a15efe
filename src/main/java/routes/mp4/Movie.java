package routes.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the header of an MP4 file tells of its first picture track and its first sound track. */
public record Movie(List<Track> tracks) {
    /** Bytes; a day at 30 frames a second takes less. */
    private static final int LONGEST_HEADER = 64 * 1024 * 1024;

    private static final int MOST_BOXES = 10_000;
    private static final Set<String> KINDS = Set.of("vide", "soun");

    public Optional<Track> video() {
        return first("vide");
    }

    /** @return empty also where the track is there but holds nothing */
    public Optional<Track> audio() {
        return first("soun").filter(t -> t.samples().count() > 0);
    }

    private Optional<Track> first(String kind) {
        return tracks.stream().filter(t -> t.kind().equals(kind)).findFirst();
    }

    /**
     * Reads the header only, wherever in the file it stands; no array that is made of it is longer than the file.
     *
     * @throws MalformedMp4Exception when there is none, when it cannot be understood, or when it does not list the samples
     */
    public static Movie read(Path file) throws IOException, MalformedMp4Exception {
        return read(file, KINDS);
    }

    /**
     * Reads the first picture track only.
     *
     * @throws MalformedMp4Exception as {@link #read}
     */
    public static Optional<Track> readVideo(Path file) throws IOException, MalformedMp4Exception {
        return read(file, Set.of("vide")).video();
    }

    private static Movie read(Path file, Set<String> kinds) throws IOException, MalformedMp4Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            BoxHeader found = BoxHeader.read(channel, 0);
            for (int boxes = 1; !found.isMovie(); boxes++) {
                found = BoxHeader.read(channel, found.to());
                if (boxes > MOST_BOXES) {
                    throw new MalformedMp4Exception("there is no header among the first boxes");
                }
            }
            if (found.to() - found.body() > LONGEST_HEADER) {
                throw new MalformedMp4Exception("the header is too long");
            }
            return new Movie(tracks(channel, found, kinds));
        }
    }

    /** Has no more than one track's tables in memory as they stand in the file. */
    private static List<Track> tracks(FileChannel channel, BoxHeader moov, Set<String> kinds)
            throws IOException, MalformedMp4Exception {
        List<BoxHeader> children = moov.children(channel);
        if (children.stream().anyMatch(child -> child.type().equals("mvex"))) {
            throw new MalformedMp4Exception("the samples are listed in fragments");
        }
        Map<String, Track> firsts = new LinkedHashMap<>();
        for (BoxHeader child : children) {
            if (child.type().equals("trak") && firsts.size() < kinds.size()) {
                Box trak = child.load(channel);
                String kind = SampleTables.kind(trak);
                if (kinds.contains(kind) && !firsts.containsKey(kind)) {
                    firsts.put(kind, SampleTables.read(header(children).load(channel), trak, kind, channel.size()));
                }
            }
        }
        return List.copyOf(firsts.values());
    }

    private static BoxHeader header(List<BoxHeader> children) throws MalformedMp4Exception {
        return children.stream()
                .filter(child -> child.type().equals("mvhd"))
                .findFirst()
                .orElseThrow(() -> new MalformedMp4Exception("box 'moov' has no 'mvhd'"));
    }
}
