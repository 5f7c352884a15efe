package routes.transcode.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.settings.Settings.Transcode.Segments;
import routes.support.EndingCredentials;
import routes.support.FootageSpec;
import routes.support.LocalFfmpeg;
import routes.support.LocalResources;
import routes.support.OwnService;
import routes.transcode.hls.Identical;

/** An uploaded film in; what a player shows out, who has nothing but a link. */
@Tag("flow")
class PlaylistFlowTest {
    private static final Duration LENGTH = Duration.ofSeconds(14);
    private static final long FRAMES = 350;
    private static final String SECRET = "a secret that several processes share";
    private static final LocalResources RESOURCES = OwnService.resources();

    @TempDir
    static Path folder;

    private static PlayedFilms fmp4;
    private static PlayedFilms ts;
    private static String copied;

    @BeforeAll
    static void start() throws IOException {
        fmp4 = service(Segments.FMP4);
        copied = fmp4.stream(folder, PlayedFilms.COPIED, LENGTH);
        ts = new PlayedFilms(OwnService.resources(), Map.of("TRANSCODE_SEGMENTS", "ts"));
    }

    private static PlayedFilms service(Segments segments) {
        return new PlayedFilms(
                RESOURCES,
                Map.of(
                        "PLAYLIST_SECRET",
                        SECRET,
                        "TRANSCODE_SEGMENTS",
                        segments.name().toLowerCase(Locale.ROOT)));
    }

    @AfterAll
    static void stop() {
        fmp4.close();
        ts.close();
    }

    enum Film {
        COPIED(PlayedFilms.COPIED, 1),
        ENCODED(PlayedFilms.ENCODED, 2);

        @SuppressWarnings("ImmutableEnumChecker") // a record
        final FootageSpec spec;

        final int renditions;

        Film(FootageSpec spec, int renditions) {
            this.spec = spec;
            this.renditions = renditions;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFrameOfFragmentedMp4IsPlayed(Film film) throws Exception {
        String job = film == Film.COPIED ? copied : fmp4.stream(folder, film.spec, LENGTH);

        assertPlays(fmp4.playlist(job), film, 3 + 1);
    }

    @ParameterizedTest
    @EnumSource
    void everyFrameOfTransportStreamsIsPlayed(Film film) throws Exception {
        assertPlays(ts.playlist(ts.stream(folder, film.spec, LENGTH)), film, 3);
    }

    /** @param files of a rendition */
    private static void assertPlays(URI playlist, Film film, int files) throws Exception {
        HttpPlayer player = new HttpPlayer();
        List<URI> renditions = player.renditions(playlist);
        assertThat(renditions).hasSize(film.renditions);
        for (URI rendition : renditions) {
            assertThat(Identical.to(film.spec, FRAMES, player.download(rendition, folder)))
                    .as("%s", rendition)
                    .isEmpty();
        }
        assertThat(player.answers())
                .filteredOn(answer -> answer.statusCode() == 302)
                // each file, and each time its key
                .hasSize(film.renditions * files * 2)
                .allSatisfy(answer -> assertThat(answer.headers().firstValue("Location"))
                        .get()
                        .asString()
                        .contains("X-Amz-Signature=")
                        .doesNotContain("token="));
        assertThat(player.answers()).allSatisfy(answer -> {
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.statusCode()).isIn(200, 302);
        });
    }

    @Test
    void linksAreRelativeSoThatAProxyMayServeThemElsewhere() {
        HttpResponse<byte[]> master = HttpPlayer.get(fmp4.playlist(copied));
        URI rendition = HttpPlayer.lines(master.uri(), HttpPlayer.text(master)).get(0);

        assertThat(master.headers().firstValue("Content-Type")).contains("application/vnd.apple.mpegurl");
        assertThat(HttpPlayer.text(master))
                .containsPattern("\nstream/1/copy/index\\.m3u8\\?token=[A-Za-z0-9._-]+\n")
                .doesNotContain("http");
        assertThat(HttpPlayer.text(HttpPlayer.get(rendition)))
                .containsPattern("URI=\"\\.\\./key\\.key\\?token=[A-Za-z0-9._-]+\",IV=")
                .containsPattern("URI=\"init\\.mp4\\?token=[A-Za-z0-9._-]+\"\n")
                .containsPattern("\n00002-2000000\\.m4s\\?token=[A-Za-z0-9._-]+\n")
                .doesNotContain("http");
    }

    @Test
    void ffmpegPlaysTheLink() throws Exception {
        Path file = folder.resolve("by-ffmpeg.mp4");
        List<String> line = new ArrayList<>(List.of(LocalFfmpeg.path().toString(), "-nostdin", "-v", "error", "-y"));
        line.addAll(List.of(
                "-allowed_extensions", "ALL", "-i", fmp4.playlist(copied).toString()));
        line.addAll(List.of("-c", "copy", file.toString()));

        assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
        assertThat(Identical.to(PlayedFilms.COPIED, FRAMES, file)).isEmpty();
    }

    @Test
    void aBearerTokenBeginsAndTheLinksNeedNone() throws Exception {
        HttpResponse<String> master =
                fmp4.api().get("/jobs/" + copied + "/playlist.m3u8").response();

        URI rendition = HttpPlayer.lines(master.uri(), master.body()).get(0);
        assertThat(Identical.to(PlayedFilms.COPIED, FRAMES, new HttpPlayer().download(rendition, folder)))
                .isEmpty();
    }

    @Test
    void anotherProcessWithTheSameSecretPlaysOnAndWithoutAuthenticationNoTokenIsNeeded() throws Exception {
        URI begun = fmp4.playlist(copied);
        Map<String, String> settings =
                Map.of("ROLE", "api", "API_AUTH", "off", "PLAYLIST_SECRET", SECRET, "PLAYLIST_ORIGINS", "*");
        try (PlayedFilms other = new PlayedFilms(RESOURCES, settings)) {
            assertThat(HttpPlayer.get(other.at(begun.getPath() + "?" + begun.getQuery()))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(HttpPlayer.get(other.at(begun.getPath() + "?token=wrong"))
                            .statusCode())
                    .isEqualTo(401);
            HttpResponse<byte[]> open = HttpPlayer.get(other.at(begun.getPath()), "Origin", "https://a.example.com");
            assertThat(open.statusCode()).isEqualTo(200);
            assertThat(open.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
            URI rendition = HttpPlayer.lines(open.uri(), HttpPlayer.text(open)).get(0);
            assertThat(HttpPlayer.get(rendition).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void presignedLinksRefuseFilmsThatAreLongerThanTheCredentialsLive() {
        URI begun = fmp4.playlist(copied);
        Map<String, String> settings = Map.of("ROLE", "api", "PLAYLIST_SECRET", SECRET, "PLAYLIST_LINKS", "presigned");
        try (PlayedFilms presigned = new PlayedFilms(RESOURCES, settings, EndingCredentials.class)) {
            HttpResponse<byte[]> refused = HttpPlayer.get(presigned.at(begun.getPath() + "?" + begun.getQuery()));
            assertThat(refused.statusCode()).isEqualTo(409);
        }
    }

    @Test
    void pagesOfOtherOriginsMayNotPlayUnlessTheyAreSet() {
        assertThat(HttpPlayer.get(fmp4.playlist(copied), "Origin", "https://a.example.com")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void linksInPlaylistsArePresignedByChoiceAndRefuseFilmsThatAreLongerThanTheyLive() throws Exception {
        LocalResources own = OwnService.resources();
        try (PlayedFilms presigned = new PlayedFilms(own, Map.of("PLAYLIST_LINKS", "presigned", "LINK_LIFE", "60"))) {
            URI playlist = presigned.playlist(presigned.stream(folder, PlayedFilms.COPIED, LENGTH));
            HttpPlayer player = new HttpPlayer();
            URI rendition = player.renditions(playlist).get(0);
            assertThat(Identical.to(PlayedFilms.COPIED, FRAMES, player.download(rendition, folder)))
                    .isEmpty();
            assertThat(HttpPlayer.text(HttpPlayer.get(rendition)))
                    .contains("X-Amz-Signature=")
                    .doesNotContain("token=");

            URI longer = presigned.playlist(presigned.stream(folder, PlayedFilms.COPIED, Duration.ofSeconds(62)));
            HttpResponse<byte[]> refused = HttpPlayer.get(longer);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(HttpPlayer.text(refused)).contains("the film is longer than links live");
            URI itsRendition = longer.resolve("stream/1/copy/index.m3u8?" + longer.getQuery());
            assertThat(HttpPlayer.get(itsRendition).statusCode()).isEqualTo(409);
        }
    }
}
