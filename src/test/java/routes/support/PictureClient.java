package routes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import routes.support.DecodedClip.Frame;

/** A client that gets pictures over HTTP and reads the frame number in them. */
public final class PictureClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI base;
    private final String token;

    /** @param token null for none */
    public PictureClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** @param headers alternating names and values */
    public HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    /** @return the object behind a presigned link */
    public static byte[] download(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).build()).body();
    }

    private static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @return the number of the frame in a JPEG; -1 if it cannot be read */
    public static long frame(byte[] jpeg) {
        try {
            Path file = Files.createTempFile("picture", ".jpg");
            try {
                List<Frame> frames = FrameReader.shown(Files.write(file, jpeg));
                return frames.size() == 1 ? frames.get(0).number() : -1;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
