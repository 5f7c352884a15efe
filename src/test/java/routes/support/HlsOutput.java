package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The HLS output group of a job of the local MediaConvert, made by one ffmpeg. The picture is copied where an output has
 * no size, which is cheap, and encoded otherwise. Files are named as MediaConvert names them: {@code base.m3u8},
 * {@code base_modifier.m3u8} and {@code base_modifier_00001.ts}.
 */
final class HlsOutput {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String S3 = "s3://";
    /** Instead of the base name, which may have characters that ffmpeg interprets. */
    private static final String BASE = "base";

    private static final String PLAYLIST = ".m3u8";
    private static final Pattern LENGTH = Pattern.compile("#EXTINF:([\\d.]+),");

    private final JsonNode group;
    private final JsonNode hls;
    private final String bucket;
    private final String prefix;
    private final String base;
    private final Path work;
    private final Path folder;
    private ProbedFilm film;

    /**
     * @param settings of the job
     * @param work a folder for files
     */
    HlsOutput(JsonNode settings, Path work) throws IOException {
        this.work = work;
        this.folder = Files.createDirectory(work.resolve("hls"));
        this.group = settings.at("/outputGroups/0");
        this.hls = group.at("/outputGroupSettings/hlsGroupSettings");
        String destination = hls.path("destination").asText().substring(S3.length());
        int slash = destination.indexOf('/');
        int last = destination.lastIndexOf('/') + 1;
        this.bucket = destination.substring(0, slash);
        this.prefix = destination.substring(slash + 1, Math.max(last, slash + 1));
        String name = destination.substring(last);
        this.base = name.isEmpty() ? baseName(settings.at("/inputs/0/fileInput").asText()) : name;
    }

    private static String baseName(String input) {
        String name = input.substring(input.lastIndexOf('/') + 1);
        return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    String bucket() {
        return bucket;
    }

    /** @throws IllegalStateException if ffmpeg fails, with its stderr */
    void make(ProbedFilm input) throws IOException {
        film = input;
        List<String> command = new ArrayList<>(
                List.of("-nostdin", "-v", "error", "-y", "-i", film.file().toString()));
        List<String> variants = new ArrayList<>();
        int number = 0;
        for (JsonNode output : group.path("outputs")) {
            addPicture(command, output, number);
            String sound = "";
            if (film.hasSound()) {
                command.addAll(List.of("-map", "0:a:0"));
                sound = ",a:" + number;
            }
            variants.add("v:" + number + sound + ",name:"
                    + output.path("nameModifier").asText());
            number++;
        }
        if (film.hasSound()) {
            command.addAll(List.of("-c:a", film.audioCodec().equals("aac") ? "copy" : "aac"));
        }
        command.addAll(List.of("-f", "hls", "-hls_playlist_type", "vod", "-start_number", "1"));
        command.addAll(List.of("-hls_time", segmentLength(), "-hls_flags", "independent_segments"));
        if (hls.has("encryption")) {
            command.addAll(List.of("-hls_key_info_file", keyInfo().toString()));
        }
        command.addAll(List.of("-master_pl_name", BASE + PLAYLIST));
        command.addAll(List.of("-var_stream_map", String.join(" ", variants)));
        command.addAll(List.of("-hls_segment_filename", file(BASE + "%v_%05d.ts")));
        command.add(file(BASE + "%v" + PLAYLIST));
        FfmpegResult.of(command);
    }

    private void addPicture(List<String> command, JsonNode output, int number) {
        command.addAll(List.of("-map", "0:v:0"));
        JsonNode picture = output.path("videoDescription");
        if (film.codec().equals("h264") && !picture.has("width") && !picture.has("height")) {
            command.addAll(List.of("-c:v:" + number, "copy"));
            return;
        }
        String size =
                picture.path("width").asInt(-2) + ":" + picture.path("height").asInt(-2);
        command.addAll(List.of("-c:v:" + number, "libx264", "-preset:v:" + number, "ultrafast"));
        command.addAll(List.of("-filter:v:" + number, "scale=" + size + ",format=yuv420p"));
        command.addAll(List.of("-force_key_frames:v:" + number, "expr:gte(t,n_forced*" + segmentLength() + ")"));
    }

    private String segmentLength() {
        return hls.path("segmentLength").asText("10");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** Without a vector in it, that of a segment is its number. */
    private Path keyInfo() throws IOException {
        JsonNode provider = hls.at("/encryption/staticKeyProvider");
        byte[] bytes = HexFormat.of().parseHex(provider.path("staticKeyValue").asText());
        Path key = Files.write(work.resolve("content.key"), bytes);
        return Files.writeString(work.resolve("key.info"), provider.path("url").asText() + "\n" + key + "\n");
    }

    /** @return segments, then playlists, the master playlist last */
    List<Path> files() throws IOException {
        Path master = folder.resolve(BASE + PLAYLIST);
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted(Comparator.comparing((Path file) -> file.equals(master))
                            .thenComparing(HlsOutput::isPlaylist)
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    /** @return key of the object */
    String key(Path file) {
        return prefix + base + file.getFileName().toString().substring(BASE.length());
    }

    static String contentType(Path file) {
        return isPlaylist(file) ? "application/vnd.apple.mpegurl" : "video/mp2t";
    }

    private static boolean isPlaylist(Path file) {
        return file.toString().endsWith(PLAYLIST);
    }

    /** @return what is stored of a file */
    byte[] bytes(Path file) throws IOException {
        if (!isPlaylist(file)) {
            return Files.readAllBytes(file);
        }
        String encoded = URLEncoder.encode(base, StandardCharsets.UTF_8).replace("+", "%20");
        return Files.readString(file)
                .lines()
                .map(line -> line.startsWith(BASE) ? encoded + line.substring(BASE.length()) : line)
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param withPaths whether objects are named, as in events and not in GetJob
     * @return {@code outputGroupDetails}
     */
    ArrayNode details(boolean withPaths) {
        ArrayNode groups = JSON.createArrayNode();
        ObjectNode details = groups.addObject();
        ArrayNode outputs = details.putArray("outputDetails");
        for (JsonNode output : group.path("outputs")) {
            String playlist = output.path("nameModifier").asText() + PLAYLIST;
            ObjectNode one = outputs.addObject();
            if (withPaths) {
                one.putArray("outputFilePaths").add(S3 + bucket + "/" + prefix + base + playlist);
            }
            int width = output.at("/videoDescription/width").asInt();
            int height = output.at("/videoDescription/height").asInt();
            one.put("durationInMs", millis(folder.resolve(BASE + playlist)))
                    .putObject("videoDetails")
                    .put("widthInPx", width > 0 ? width : even(film.width() * height, film.height(), film.width()))
                    .put("heightInPx", height > 0 ? height : even(film.height() * width, film.width(), film.height()));
        }
        if (withPaths) {
            details.put("type", "HLS_GROUP");
            details.putArray("playlistFilePaths").add(S3 + bucket + "/" + prefix + base + PLAYLIST);
        }
        return groups;
    }

    /** @return the quotient as an even number; {@code same} if the dividend is 0 */
    private static int even(int dividend, int divisor, int same) {
        return dividend == 0 ? same : Math.round(dividend / (2f * divisor)) * 2;
    }

    private static long millis(Path playlist) {
        try {
            return Math.round(LENGTH.matcher(Files.readString(playlist))
                    .results()
                    .mapToDouble(length -> Double.parseDouble(length.group(1)) * 1000)
                    .sum());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
