package routes.support;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Sends requests as they are given, since HTTP clients refuse malformed ones. */
public final class RawClient {
    private static final int PATIENCE_MS = 30_000;

    private final int port;
    private final String token;

    /** @param token null for none */
    public RawClient(int port, String token) {
        this.port = port;
        this.token = token;
    }

    /**
     * A response.
     *
     * @param status 0 if the connection was closed without one
     * @param head status line and headers
     */
    public record RawAnswer(int status, String head, String body) {
        /** @return the media type; empty if there is none */
        public String contentType() {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** @param target method and target, such as {@code GET /jobs/a%2Fb} */
    public RawAnswer ask(String target, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(target)
                .append(" HTTP/1.1\r\nHost: 127.0.0.1:")
                .append(port)
                .append("\r\nConnection: close\r\n");
        if (token != null) {
            request.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return send(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes, ends the request, and reads until the connection is closed. */
    public RawAnswer send(byte[] request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            try (InputStream in = socket.getInputStream()) {
                return answer(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private static RawAnswer answer(String text) {
        if (!text.startsWith("HTTP/1.1 ")) {
            return new RawAnswer(0, "", text);
        }
        int end = text.indexOf("\r\n\r\n");
        return new RawAnswer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
    }
}
