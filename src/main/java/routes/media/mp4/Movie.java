package routes.media.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the header of an MP4 file tells of its tracks. */
public record Movie(List<Track> tracks) {
    /** Bytes; a day at 60 frames a second takes half of it. */
    private static final int LONGEST_HEADER = 128 * 1024 * 1024;

    public Optional<Track> video() {
        return tracks.stream().filter(t -> t.kind().equals("vide")).findFirst();
    }

    public Optional<Track> audio() {
        return tracks.stream().filter(t -> t.kind().equals("soun")).findFirst();
    }

    /**
     * Reads the header only, wherever in the file it stands.
     *
     * @throws BrokenMovie when there is none, when it cannot be understood, or when it does not list the samples
     */
    public static Movie read(Path file) throws IOException, BrokenMovie {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            TopLevelBox found = TopLevelBox.read(channel, 0);
            while (!found.isMovie()) {
                found = TopLevelBox.read(channel, found.to());
            }
            if (found.to() - found.body() > LONGEST_HEADER) {
                throw new BrokenMovie("the header is too long");
            }
            Box moov = new Box("moov", TopLevelBox.read(channel, found.body(), (int) (found.to() - found.body())));
            if (moov.find("mvex").isPresent()) {
                throw new BrokenMovie("the samples are listed in fragments");
            }
            List<Track> tracks = new ArrayList<>();
            for (Box trak : moov.children()) {
                if (trak.type().equals("trak")) {
                    tracks.add(SampleTables.read(moov, trak, channel.size()));
                }
            }
            return new Movie(List.copyOf(tracks));
        }
    }
}
