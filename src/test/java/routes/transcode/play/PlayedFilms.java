package routes.transcode.play;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import routes.support.ApiClient;
import routes.support.FootageSpec;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.OwnService;
import routes.support.TokenIssuer;
import routes.support.TranscodeClient;
import routes.transcode.hls.StreamFilms;

/** A service with authentication that transcodes real films, and its client with the scope to read. */
final class PlayedFilms implements AutoCloseable {
    static final FootageSpec COPIED = StreamFilms.spec().withSize(320, 180);
    static final FootageSpec ENCODED = COPIED.withExtra("-pix_fmt", "yuv422p");

    private final LocalResources resources;
    private final OwnService service;
    private final ApiClient api;

    /**
     * @param settings by the names of environment variables
     * @param more additional bean classes
     */
    PlayedFilms(LocalResources resources, Map<String, String> settings, Class<?>... more) {
        this.resources = resources;
        Map<String, String> all = new HashMap<>(Map.of("API_AUTH", "on", "LADDER", "180 144"));
        all.putAll(settings);
        service = OwnService.start(resources, all, more);
        TokenIssuer tokens = LocalServices.tokens();
        api = api(tokens.sign(tokens.claims("viewer", "clips:read").build()));
    }

    /** @return job id of its stream */
    String stream(Path folder, FootageSpec spec, Duration length) throws IOException {
        String key = upload(folder, spec, length);
        return client().awaited(key, "DONE").path("jobId").asText();
    }

    /** @return the key of the film */
    String upload(Path folder, FootageSpec spec, Duration length) throws IOException {
        String key = "uploads/" + UUID.randomUUID() + ".mp4";
        Path film = StreamFilms.record(Files.createTempDirectory(folder, "film"), spec, length);
        client().upload(key, Files.readAllBytes(film));
        return key;
    }

    TranscodeClient client() {
        return new TranscodeClient(LocalCloud.shared(), resources, api);
    }

    /** @return a client with all scopes */
    ApiClient writer() {
        return api(LocalServices.tokens().token("writer"));
    }

    /** @param token null for none */
    ApiClient api(String token) {
        return new ApiClient(URI.create("http://127.0.0.1:" + service.port("server")), token);
    }

    ApiClient api() {
        return api;
    }

    OwnService service() {
        return service;
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + service.port("server")).resolve(path);
    }

    /** @return the playlist's address with a new token */
    URI playlist(String jobId) {
        return at(api.post("/jobs/" + jobId + "/playlist-token", "")
                .body()
                .path("url")
                .asText());
    }

    @Override
    public void close() {
        service.close();
    }
}
