package routes.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.LocalResources;
import routes.support.LocalServices;
import routes.support.OwnService;
import routes.support.TokenIssuer;

/** The settings that the page reads before its user signs in. */
class PageSettingsTest {
    private static final TokenIssuer ISSUER = LocalServices.tokens();
    private static final Map<String, String> SIGN_IN = Map.of("WEB_CLIENT_ID", "page", "JWT_SCOPE_PREFIX", "camclips/");

    private final LocalResources resources = OwnService.resources();

    @Test
    void usersSignInAtAnotherHostThanTheIssuers() throws Exception {
        Map<String, String> settings = new HashMap<>(SIGN_IN);
        settings.put("API_AUTH", "on");
        settings.put("WEB_ZONE", "Europe/Amsterdam");
        settings.put("WEB_GRAFANA", "https://grafana.example.com/d/camclips?orgId=1");
        try (OwnService service = OwnService.start(resources, settings)) {
            Answer answer = get(service, "/console/config.json");

            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(fields(answer))
                    .containsOnly(
                            entry("auth", "on"),
                            entry("retentionSeconds", "259200"),
                            entry("maxClipSeconds", "7200"),
                            entry("maxUploadBytes", "5368709120"),
                            entry("issuer", ISSUER.url().toString()),
                            entry("clientId", "page"),
                            entry("scopes", "openid camclips/clips:read camclips/clips:write"),
                            entry("authorizationEndpoint", ISSUER.signInUrl() + "/oauth2/authorize"),
                            entry("tokenEndpoint", ISSUER.signInUrl() + "/oauth2/token"),
                            entry("logout", ISSUER.signInUrl() + "/logout"),
                            entry("zone", "Europe/Amsterdam"),
                            entry("grafana", "https://grafana.example.com/d/camclips?orgId=1"));
            assertThat(connections(service)).endsWith("/ " + ISSUER.url() + " " + ISSUER.signInUrl());
        }
    }

    @Test
    void thePageIsServedWhileTheIssuerIsAway() throws Exception {
        Map<String, String> settings = new HashMap<>(SIGN_IN);
        settings.put("API_AUTH", "on");
        settings.put("WEB_AUTHORITY", "http://127.0.0.1:1");
        settings.put("WEB_LOGOUT", "https://issuer.example.com/logout?client_id=page");
        try (OwnService service = OwnService.start(resources, settings)) {
            assertThat(get(service, "/").status()).isEqualTo(200);
            assertThat(fields(get(service, "/console/config.json")))
                    .containsEntry("issuer", "http://127.0.0.1:1")
                    .containsEntry("logout", "https://issuer.example.com/logout?client_id=page")
                    .doesNotContainKeys("authorizationEndpoint", "tokenEndpoint");
            assertThat(connections(service)).endsWith("/ http://127.0.0.1:1");
        }
    }

    @Test
    void aPageOfANewProcessWaitsForASlowIssuer() throws Exception {
        Map<String, String> settings = new HashMap<>(SIGN_IN);
        settings.put("API_AUTH", "on");
        try (TokenIssuer slow = new TokenIssuer()) {
            CompletableFuture<Void> answered = new CompletableFuture<>();
            slow.answerAfter(answered);
            settings.put("WEB_AUTHORITY", slow.url().toString());
            try (OwnService service = OwnService.start(resources, settings)) {
                await().untilAsserted(() -> assertThat(slow.reads())
                        .as("before anybody opens the page")
                        .isEqualTo(1));
                CompletableFuture<String> policy = CompletableFuture.supplyAsync(() -> connections(service));

                assertThat(get(service, "/console/main.js").status()).isEqualTo(200);
                answered.completeOnTimeout(null, 3, TimeUnit.SECONDS);

                assertThat(policy.get()).endsWith("/ " + slow.url() + " " + slow.signInUrl());
                assertThat(fields(get(service, "/console/config.json")))
                        .containsEntry("tokenEndpoint", slow.signInUrl() + "/oauth2/token");
                assertThat(slow.reads()).isEqualTo(1);
            }
        }
    }

    @Test
    void withoutAuthenticationNobodySignsInAndWithoutAQueueNobodyUploads() throws Exception {
        Map<String, String> settings = new HashMap<>(SIGN_IN);
        settings.put("API_AUTH", "off");
        settings.put("TRANSCODE_QUEUE", "");
        settings.put("TRANSCODE_BUCKET", "");
        settings.put("KEYS_TABLE", "");
        try (OwnService service = OwnService.start(resources, settings)) {
            assertThat(fields(get(service, "/console/config.json")))
                    .containsOnlyKeys("auth", "retentionSeconds", "maxClipSeconds")
                    .containsEntry("auth", "off");
            assertThat(connections(service))
                    .doesNotContain(ISSUER.url().toString())
                    .doesNotContain(resources.uploadBucket());
            assertThat(get(service, "/").header("Content-Security-Policy")).contains("media-src 'self' http");
        }
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"WEB, off", "ROLE, worker"})
    void itCanBeSwitchedOffAndAWorkerHasNone(String setting, String value) {
        try (OwnService service = OwnService.start(resources, Map.of("API_AUTH", "on", setting, value))) {
            for (String path : new String[] {"/", "/console/index.html", "/console/config.json"}) {
                assertThat(get(service, path).status()).as(path).isEqualTo(404);
            }
        }
    }

    private static Answer get(OwnService service, String path) {
        return new ApiClient(URI.create("http://127.0.0.1:" + service.port("server")), null).get(path);
    }

    private static Map<String, String> fields(Answer answer) throws Exception {
        return new ObjectMapper().readValue(answer.response().body(), new TypeReference<>() {});
    }

    private static String connections(OwnService service) {
        return get(service, "/").header("Content-Security-Policy").replaceAll(".*connect-src (.*?);.*", "$1");
    }
}
