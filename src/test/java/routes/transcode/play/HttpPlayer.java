package routes.transcode.play;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import routes.transcode.hls.PlayedStream;

/** A player: it follows the links of playlists, and redirects, without any header of its own. */
public final class HttpPlayer {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern KEY =
            Pattern.compile("#EXT-X-KEY:METHOD=AES-128,URI=\"([^\"]*)\"(?:,IV=0x([0-9a-f]{32}))?");
    private static final Pattern FIRST = Pattern.compile("#EXT-X-MEDIA-SEQUENCE:(\\d+)");
    private static final Pattern MAP = Pattern.compile("#EXT-X-MAP:URI=\"([^\"]*)\"");

    private final List<HttpResponse<byte[]>> answers = new ArrayList<>();

    /** @param headers alternating names and values */
    static HttpResponse<byte[]> get(URI address, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** @return absolute addresses of the lines of a playlist that are no tags */
    static List<URI> lines(URI playlist, String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(playlist::resolve)
                .toList();
    }

    private HttpResponse<byte[]> answer(URI address) {
        HttpResponse<byte[]> answer = get(address);
        answers.add(answer);
        return answer;
    }

    /** @return all answers of the service so far */
    public List<HttpResponse<byte[]>> answers() {
        return answers;
    }

    /** @return addresses of the renditions */
    public List<URI> renditions(URI master) {
        return lines(master, text(answer(master)));
    }

    /** @return a rendition as one clear file */
    public Path download(URI rendition, Path folder) throws IOException, GeneralSecurityException {
        Path file = Files.createTempFile(folder, "played-", ".film");
        URI keyAddress = null;
        String iv = null;
        long number = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (String line : text(answer(rendition)).lines().toList()) {
                Matcher key = KEY.matcher(line);
                Matcher map = MAP.matcher(line);
                Matcher first = FIRST.matcher(line);
                if (key.matches()) {
                    keyAddress = rendition.resolve(key.group(1));
                    iv = key.group(2);
                } else if (map.matches()) {
                    out.write(decrypted(rendition.resolve(map.group(1)), keyAddress, iv));
                } else if (first.matches()) {
                    number = Long.parseLong(first.group(1));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    // without a vector, it is the number of the segment
                    String vector = iv == null ? String.format(Locale.ROOT, "%032x", number) : iv;
                    out.write(decrypted(rendition.resolve(line), keyAddress, vector));
                    number++;
                }
            }
        }
        return file;
    }

    private byte[] decrypted(URI address, URI keyAddress, String iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(object(keyAddress), "AES"),
                new IvParameterSpec(HexFormat.of().parseHex(iv)));
        byte[] clear = cipher.doFinal(object(address));
        return address.getPath().endsWith(".ts") ? PlayedStream.withoutServiceNames(clear) : clear;
    }

    private byte[] object(URI address) {
        HttpResponse<byte[]> answer = answer(address);
        HttpResponse<byte[]> object = answer.headers()
                .firstValue("Location")
                .map(link -> get(URI.create(link)))
                .orElse(answer);
        if (object.statusCode() != 200) {
            throw new AssertionError(object.statusCode() + " from " + address + ": " + text(object));
        }
        return object.body();
    }
}
