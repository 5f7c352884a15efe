package routes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import routes.bench.Interval.Part;
import routes.support.LocalFfmpeg;

/** Other ways to make the same clip, with ffmpeg alone; each writes {@code clip.mp4} into its folder. */
final class OtherWays {
    private static final List<Integer> WIDTHS = List.of(300, 640, 1500, 3000);
    /** A quarter of the minute. */
    private static final String THUMBNAIL_SECONDS = "15";

    private final Path folder;

    /** @param folder empty */
    OtherWays(Path folder) {
        this.folder = folder;
    }

    /**
     * Way a, the earlier system: each segment decoded from its recording's start and encoded, all joined, five
     * thumbnails.
     */
    void decodeAndEncode(List<Part> parts) throws Exception {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            run(
                    "-i",
                    part.file().toString(),
                    "-ss",
                    part.fromSeconds(),
                    "-to",
                    part.toSeconds(),
                    "piece-" + i + ".mp4");
            list.append("file piece-").append(i).append(".mp4\n");
        }
        Files.writeString(folder.resolve("list.txt"), list);
        run("-f", "concat", "-safe", "0", "-i", "list.txt", "-c", "copy", "clip.mp4");
        run("-ss", THUMBNAIL_SECONDS, "-i", "clip.mp4", "-frames:v", "1", "full.png");
        for (int width : WIDTHS) {
            run(
                    "-ss",
                    THUMBNAIL_SECONDS,
                    "-i",
                    "clip.mp4",
                    "-frames:v",
                    "1",
                    "-vf",
                    "scale=" + width + ":-2",
                    width + ".png");
        }
    }

    /** Way b: one ffmpeg that seeks into the recordings and encodes the clip, one for all thumbnails. */
    void seekAndEncode(List<Part> parts) throws Exception {
        List<String> command = new ArrayList<>();
        StringBuilder graph = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            command.addAll(List.of(
                    "-ss",
                    part.fromSeconds(),
                    "-t",
                    part.lengthSeconds(),
                    "-i",
                    part.file().toString()));
            graph.append("[").append(i).append(":v][").append(i).append(":a]");
        }
        graph.append("concat=n=").append(parts.size()).append(":v=1:a=1[v][a]");
        command.addAll(List.of("-filter_complex", graph.toString(), "-map", "[v]", "-map", "[a]"));
        command.addAll(List.of("-c:v", "libx264", "-c:a", "aac", "-movflags", "+faststart", "clip.mp4"));
        run(command);
        thumbnails();
    }

    private void thumbnails() throws Exception {
        List<String> command = new ArrayList<>(List.of("-ss", THUMBNAIL_SECONDS, "-i", "clip.mp4", "-filter_complex"));
        command.add("split=" + WIDTHS.size()
                + WIDTHS.stream().map(width -> "[s" + width + "]").collect(Collectors.joining())
                + WIDTHS.stream()
                        .map(width -> ";[s" + width + "]scale=" + width + ":-2[t" + width + "]")
                        .collect(Collectors.joining()));
        for (int width : WIDTHS) {
            command.addAll(List.of("-map", "[t" + width + "]", "-frames:v", "1", width + ".png"));
        }
        run(command);
    }

    /** Figure {@code copy}, the lower bound: whole GOPs are copied, without pictures and without frame accuracy. */
    void copy(List<Part> parts) throws Exception {
        if (parts.size() == 1) {
            Part part = parts.get(0);
            run(
                    "-ss",
                    part.fromSeconds(),
                    "-i",
                    part.file().toString(),
                    "-t",
                    part.lengthSeconds(),
                    "-c",
                    "copy",
                    "clip.mp4");
            return;
        }
        StringBuilder list = new StringBuilder();
        for (Part part : parts) {
            list.append("file '").append(part.file()).append("'\ninpoint ").append(part.fromSeconds());
            list.append("\noutpoint ").append(part.toSeconds()).append('\n');
        }
        Files.writeString(folder.resolve("list.txt"), list);
        run("-f", "concat", "-safe", "0", "-i", "list.txt", "-c", "copy", "clip.mp4");
    }

    private void run(String... arguments) throws Exception {
        run(List.of(arguments));
    }

    private void run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LocalFfmpeg.path().toString(), "-nostdin", "-v", "error", "-y"));
        command.addAll(arguments);
        Process ffmpeg = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (ffmpeg.waitFor() != 0) {
            throw new IllegalStateException("ffmpeg failed: " + command);
        }
    }
}
