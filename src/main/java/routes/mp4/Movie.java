package routes.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first video track and the first audio track of an MP4 file.
 *
 * @param tracks parts of the video in presentation order, then the sound
 * @param inFragments whether samples are in movie fragments too
 */
public record Movie(List<Track> tracks, boolean inFragments) {
    /** Bytes; a day at 30 frames per second needs less. */
    private static final int LONGEST_HEADER = 64 * 1024 * 1024;

    private static final int MOST_BOXES = 10_000;
    private static final String PICTURE = "vide";
    private static final Set<String> KINDS = Set.of(PICTURE, "soun");

    /** @return the first part of the video */
    public Optional<Track> video() {
        return pictures().stream().findFirst();
    }

    /** @return the parts of the video, each with one edit and one sample entry; nearly always one */
    public List<Track> pictures() {
        return tracks.stream().filter(t -> t.kind().equals(PICTURE)).toList();
    }

    /** @return empty also if the track has no samples */
    public Optional<Track> audio() {
        return tracks.stream()
                .filter(t -> t.kind().equals("soun") && t.samples().count() > 0)
                .findFirst();
    }

    /**
     * Reads the header and the movie fragments. No array is larger than the file.
     *
     * @throws MalformedMp4Exception if there is no header, or it cannot be parsed, or it lists no samples
     */
    public static Movie read(Path file) throws IOException, MalformedMp4Exception {
        return read(file, KINDS);
    }

    /**
     * @param file with the header; its fragments are not read
     * @throws MalformedMp4Exception as {@link #read}
     */
    public static boolean isFragmented(Path file) throws IOException, MalformedMp4Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new MovieReader(channel, find(channel), KINDS).isFragmented();
        }
    }

    /**
     * Reads the first video track only.
     *
     * @throws MalformedMp4Exception as {@link #read}
     */
    public static Optional<Track> readVideo(Path file) throws IOException, MalformedMp4Exception {
        return read(file, Set.of(PICTURE)).video();
    }

    private static Movie read(Path file, Set<String> kinds) throws IOException, MalformedMp4Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MovieReader reader = new MovieReader(channel, find(channel), kinds);
            return new Movie(reader.tracks(), reader.isFragmented());
        }
    }

    static BoxHeader find(FileChannel channel) throws IOException, MalformedMp4Exception {
        BoxHeader found = BoxHeader.read(channel, 0);
        for (int boxes = 1; !found.isMovie(); boxes++) {
            found = BoxHeader.read(channel, found.to());
            if (boxes > MOST_BOXES) {
                throw new MalformedMp4Exception("there is no moov box among the first boxes");
            }
        }
        if (found.to() - found.body() > LONGEST_HEADER) {
            throw new MalformedMp4Exception("the header is too long");
        }
        return found;
    }
}
