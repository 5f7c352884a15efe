package routes.support;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves the files of a folder over HTTP with byte ranges, like a bucket. */
public final class FileServer implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final Map<String, String> TYPES =
            Map.of("mp4", "video/mp4", "html", "text/html", "js", "text/javascript");

    private final Path folder;
    private final LoopbackServer server;

    public FileServer(Path folder) throws IOException {
        this.folder = folder;
        server = new LoopbackServer("file-server", 0, this::handle);
    }

    /** @param name of a file in the folder */
    public URI address(String name) {
        return server.endpoint().resolve("/" + name);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            if (!Files.isRegularFile(file)) {
                LoopbackServer.send(exchange, 404, "text/plain", "no such file");
                return;
            }
            String name = file.toString();
            exchange.getResponseHeaders()
                    .set("Content-Type", TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain"));
            exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
            String asked = exchange.getRequestHeaders().getFirst("Range");
            Matcher range = RANGE.matcher(asked == null ? "" : asked);
            long length = Files.size(file);
            boolean part = range.matches();
            long from = part ? Long.parseLong(range.group(1)) : 0;
            long to = part && !range.group(2).isEmpty() ? Long.parseLong(range.group(2)) : length - 1;
            if (part) {
                exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + to + "/" + length);
            }
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                byte[] bytes = new byte[Math.toIntExact(to - from + 1)];
                in.seek(from);
                in.readFully(bytes);
                exchange.sendResponseHeaders(part ? 206 : 200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
