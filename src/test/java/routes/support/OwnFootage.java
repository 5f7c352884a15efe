package routes.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import routes.camera.RecordingNames;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;
import routes.mp4.Track;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Films in a folder: each sub-folder is a camera, and each MP4 file in it a recording. */
final class OwnFootage {
    /** Leaves room for the rest of a recording's name. */
    private static final int LONGEST_ID = 60;

    private final Path folder;
    private final RecordingNames names;
    private final List<Film> films = new ArrayList<>();
    private final List<String> unusable = new ArrayList<>();

    /**
     * @param start instant of its first frame
     * @param end about the instant after its last frame
     */
    record Film(Path file, String cameraId, Instant start, Instant end) {}

    private OwnFootage(Path folder, RecordingNames names) {
        this.folder = folder;
        this.names = names;
    }

    /**
     * @param names parses instants in the names of files
     * @throws IllegalArgumentException if it is not a folder
     */
    static OwnFootage read(Path folder, RecordingNames names) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--footage=" + folder + " is not a folder");
        }
        OwnFootage footage = new OwnFootage(folder, names);
        Set<String> cameraIds = new HashSet<>();
        for (Path entry : visible(folder)) {
            String cameraId = identifier(entry.getFileName().toString());
            if (!Files.exists(entry)) {
                footage.refuse(entry, "it is a link to nothing");
            } else if (!Files.isDirectory(entry)) {
                footage.refuse(entry, "it is not in a sub-folder, which would be its camera");
            } else if (cameraIds.add(cameraId)) {
                footage.readCamera(entry, cameraId);
            } else {
                footage.refuse(entry, "another folder is the camera " + cameraId);
            }
        }
        return footage;
    }

    private static List<Path> visible(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** Camera ids are parts of URLs and keys. */
    private static String identifier(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]|\\.(?=\\.)|^-", "_");
        return safe.substring(0, Math.min(safe.length(), LONGEST_ID));
    }

    private void readCamera(Path camera, String cameraId) throws IOException {
        List<Path> files = visible(camera);
        if (files.isEmpty()) {
            refuse(camera, "the folder is empty");
        }
        for (Path file : files) {
            if (!Files.exists(file)) {
                refuse(file, "it is a link to nothing");
                continue;
            }
            if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".mp4") || Files.isDirectory(file)) {
                refuse(file, "it is not an .mp4 file");
                continue;
            }
            try {
                readFilm(file, cameraId);
            } catch (MalformedMp4Exception | IOException e) {
                refuse(file, "it cannot be read: " + e.getMessage());
            }
        }
    }

    private void readFilm(Path file, String cameraId) throws IOException, MalformedMp4Exception {
        Duration length = length(Movie.read(file).pictures());
        Instant start = start(file);
        if (length.isZero()) {
            refuse(file, "it has no video");
        } else if (start.isAfter(Instant.now())) {
            refuse(file, "its instant is in the future: " + start);
        } else {
            films.add(new Film(file, cameraId, start, start.plus(length)));
        }
    }

    private static Duration length(List<Track> parts) {
        return parts.stream()
                .map(part -> Duration.ofMillis((long) Math.ceil(part.duration() * 1000.0 / part.timescale())))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Instant start(Path file) throws IOException {
        Instant inName = names.start(file.getFileName().toString()).orElse(null);
        Instant start = inName == null ? CreationTime.of(file).orElse(null) : inName;
        return start == null ? Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MILLIS) : start;
    }

    private void refuse(Path file, String reason) {
        unusable.add(printable(folder.relativize(file)) + ": " + reason);
    }

    /** A terminal would obey control characters. */
    private static String printable(Path path) {
        return path.toString().replaceAll("\\p{Cntrl}", "?");
    }

    List<Film> films() {
        return films;
    }

    /** @return the films of each camera, oldest first */
    List<List<Film>> byCamera() {
        return List.copyOf(films.stream()
                .sorted(Comparator.comparing(Film::start))
                .collect(Collectors.groupingBy(Film::cameraId, TreeMap::new, Collectors.toList()))
                .values());
    }

    /** @return the instant at which the first film starts */
    Instant oldest() {
        return films.stream().map(Film::start).min(Instant::compareTo).orElseThrow();
    }

    /** @return one line for each file that is left out, with the reason */
    List<String> unusable() {
        return unusable;
    }

    /** Uploads the films and lists them in the camera API. */
    void serve(S3Client s3, String bucket, String keyPrefix, CameraApi cameras) {
        for (int i = 0; i < films.size(); i++) {
            Film film = films.get(i);
            String name = new SimulatedRecording(film.cameraId() + "." + i, film.start(), film.end(), 0, 0).fileName();
            s3.putObject(
                    put -> put.bucket(bucket).key(keyPrefix + "/" + name).contentType("video/mp4"),
                    RequestBody.fromFile(film.file()));
            cameras.addCamera(film.cameraId(), film.cameraId());
            cameras.addRecording(film.cameraId(), film.start(), film.end(), name);
        }
    }
}
