package routes.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.camera.RecordingNames;

/** Somebody's own films become recordings of cameras, and can be cut. */
@FlowTest
class OwnFootageTest {
    private static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aFilmHasItsInstantFromItsNameOrItsHeaderOrItsFile() throws Exception {
        film("front door/door.stream.20260301T091500250.mp4", "creation_time=2026-03-01T07:00:00Z");
        film("front door/holiday.MP4", "creation_time=2026-03-01T08:00:00Z");
        Path plain = film("garden/plain.mp4", "title=none");
        Files.setLastModifiedTime(plain, FileTime.from(MORNING.plusSeconds(30)));

        OwnFootage footage = read();

        assertThat(footage.unusable()).isEmpty();
        assertThat(footage.films())
                .extracting(OwnFootage.Film::cameraId, OwnFootage.Film::start)
                .containsExactly(
                        tuple("front_door", Instant.parse("2026-03-01T09:15:00.250Z")),
                        tuple("front_door", MORNING),
                        tuple("garden", MORNING.plusSeconds(30)));
        assertThat(footage.films()).allSatisfy(film -> assertThat(film.end())
                .isEqualTo(film.start().plusSeconds(2)));
        assertThat(footage.oldest()).isEqualTo(MORNING);
        assertThat(footage.byCamera()).extracting(List::size).containsExactly(2, 1);
    }

    @Test
    void whatCannotBeUsedIsListedWithTheReason() throws Exception {
        film("loose.mp4", "title=none");
        film("garden/later.20990101T000000.mp4", "title=none");
        film("a b/film.20260301T080000.mp4", "title=none");
        film("a_b/film.20260301T080000.mp4", "title=none");
        Files.writeString(folder.resolve("garden/notes.txt"), "notes");
        Files.writeString(folder.resolve("garden/cut-off.mp4"), "no film");
        Files.writeString(folder.resolve("garden/.hidden"), "hidden");
        Files.createDirectory(folder.resolve("attic"));
        Files.createSymbolicLink(folder.resolve("cellar"), Path.of("gone"));
        Files.createSymbolicLink(folder.resolve("garden/link.mp4"), Path.of("gone.mp4"));
        Files.writeString(folder.resolve("garden/red\u001b[31m.txt"), "notes");
        ffmpeg(List.of("-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac"), "garden/sound.mp4");

        OwnFootage footage = read();

        assertThat(footage.films()).extracting(OwnFootage.Film::cameraId).containsExactly("a_b");
        assertThat(footage.unusable())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("a_b: another folder is the camera a_b"),
                        line -> assertThat(line).isEqualTo("attic: the folder is empty"),
                        line -> assertThat(line).isEqualTo("cellar: it is a link to nothing"),
                        line -> assertThat(line).startsWith("garden/cut-off.mp4: it cannot be read: "),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "garden/later.20990101T000000.mp4: its instant is in the future: 2099-01-01T00:00:00Z"),
                        line -> assertThat(line).isEqualTo("garden/link.mp4: it is a link to nothing"),
                        line -> assertThat(line).isEqualTo("garden/notes.txt: it is not an .mp4 file"),
                        line -> assertThat(line).isEqualTo("garden/red?[31m.txt: it is not an .mp4 file"),
                        line -> assertThat(line).isEqualTo("garden/sound.mp4: it has no video"),
                        line -> assertThat(line)
                                .isEqualTo("loose.mp4: it is not in a sub-folder, which would be its camera"));
        assertThatThrownBy(() -> OwnFootage.read(folder.resolve("none"), names()))
                .hasMessageEndingWith("none is not a folder");
    }

    @Test
    void aClipIsCutFromAFilm() throws Exception {
        Instant start = LocalServices.clock().instant().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
        Path film = film("own films/mine.mp4", "title=none");
        Files.setLastModifiedTime(film, FileTime.from(start));
        LocalCloud cloud = LocalCloud.shared();

        read().serve(cloud.s3(), cloud.resources().originBucket(), LocalResources.ORIGIN_DIR, LocalServices.cameras());

        String clipId = ClipClient.newId();
        ClipClient client = LocalServices.client();
        client.send(ClipClient.request(clipId, start.plusMillis(500), start.plusMillis(1500))
                .put("cameraId", "own_films")
                .toString());
        client.awaitStatus(clipId, "DONE");
    }

    private OwnFootage read() throws IOException {
        return OwnFootage.read(folder, names());
    }

    private static RecordingNames names() {
        return new RecordingNames(TestSettings.with(Map.of()));
    }

    /** @param metadata of the container, such as its creation time */
    private Path film(String name, String metadata) throws IOException {
        return ffmpeg(
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc=s=320x180:r=25:d=2",
                        "-pix_fmt",
                        "yuv420p",
                        "-metadata",
                        metadata),
                name);
    }

    private Path ffmpeg(List<String> options, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        List<String> all = new ArrayList<>(List.of("-v", "error", "-y"));
        all.addAll(options);
        all.add(file.toString());
        FfmpegResult.of(all);
        return file;
    }
}
