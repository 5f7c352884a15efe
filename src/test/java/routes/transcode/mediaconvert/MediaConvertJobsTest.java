package routes.transcode.mediaconvert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import routes.jobs.Job;
import routes.jobs.JobStatus;
import routes.settings.Settings;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.MediaConvertServer;
import routes.support.TestJobs;
import routes.support.TestSettings;
import routes.transcode.hls.ContentKey;
import routes.transcode.hls.OutputPath;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.mediaconvert.MediaConvertClient;

/** The films are not there, so that no conversion takes long. */
class MediaConvertJobsTest {
    private static final LocalCloud CLOUD = LocalCloud.shared();
    private static final MediaConvertServer ENGINE = CLOUD.mediaConvert();
    private static final MediaConvertClient CLIENT = MediaConvertClient.builder()
            .endpointOverride(URI.create(CLOUD.environment().get("AWS_ENDPOINT_URL_MEDIACONVERT")))
            .region(Region.of(LocalCloud.REGION))
            .credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(LocalCloud.ACCESS_KEY, LocalCloud.SECRET_KEY)))
            .build();
    private static final Settings SETTINGS = TestSettings.with(Map.of(
            "TRANSCODE_BUCKET", "nobodys-films",
            "OUTPUT_BUCKET", "nobodys-streams",
            "MEDIACONVERT_ROLE", LocalResources.MEDIACONVERT_ROLE,
            "MEDIACONVERT_JOB_TEMPLATE", "camclips-hls"));

    private final MediaConvertJobs conversions = new MediaConvertJobs(
            new StaticListableBeanFactory(Map.of("client", CLIENT)).getBeanProvider(MediaConvertClient.class),
            new EngineErrors(SETTINGS),
            SETTINGS);
    private final ContentKey key = new ContentKey(new byte[ContentKey.LENGTH]);
    private final String film = "uploads/" + UUID.randomUUID() + ".mp4";

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    private String create(Job job) {
        return conversions.create(job, OutputPath.of(job.id(), job.run()), key);
    }

    private Job job(String id) {
        return TestJobs.transcode(id, film, EngineJobs.NOW);
    }

    private static long searches() {
        return ENGINE.calls().stream().filter("searchJobs"::equals).count();
    }

    /** A page has 20. */
    @Test
    void threePagesOfJobsAreSearched() {
        String ours = create(job("ours"));
        for (int i = 0; i < 40; i++) {
            create(job("other-" + i));
        }
        long before = searches();
        assertThat(conversions.find(job("ours"))).contains(ours);
        assertThat(searches() - before).isEqualTo(3);

        for (int i = 40; i < 60; i++) {
            create(job("other-" + i));
        }
        assertThat(conversions.find(job("ours"))).isEmpty();
        assertThat(searches() - before).isEqualTo(6);
    }

    @Test
    void thePlaylistsLinkToTheKeyByItsEncodedName() {
        OutputPath output = OutputPath.ofEarlier("a film +1; 100%.mp4_20261129100000/");

        String engineId = conversions.create(job("encoded"), output, key);

        JsonNode created = ENGINE.jobs().stream()
                .filter(one -> one.path("id").asText().equals(engineId))
                .findFirst()
                .orElseThrow();
        assertThat(created.at("/settings/outputGroups/0/outputGroupSettings/hlsGroupSettings/encryption"
                                + "/staticKeyProvider/url")
                        .asText())
                .isEqualTo("a%20film%20+1;%20100%25.key");
    }

    @Test
    void aCancelThatIsForbiddenIsNotRepeatedAndAThrottledOneEndsSoon() {
        String engineId = create(job("cancelled"));
        ENGINE.failNext("cancelJob", 1, 403);
        conversions.cancel(engineId);

        ENGINE.failNext("cancelJob", 1000, 429);
        try {
            assertTimeout(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> conversions.cancel(engineId))
                    .isInstanceOf(SdkException.class));
        } finally {
            ENGINE.reset();
        }
        conversions.cancel(engineId);
    }

    /** A job that is gone, and one that an operator's role does not show, name nobody. */
    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void aJobThatIsNotShownNamesNoneOfOurs(int status) {
        String engineId = create(job("named-" + status));
        assertThat(conversions.named(engineId))
                .hasValueSatisfying(report -> assertThat(report.jobId()).isEqualTo("named-" + status));
        ENGINE.failNext("getJob", 1, status);

        assertThat(conversions.named(engineId)).isEmpty();
    }

    @Test
    void theTokenOfARunIsTheSameForEachTry() {
        assertThat(MediaConvertJobs.token(EngineJobs.job(JobStatus.RUNNING, null)))
                .isEqualTo("film-2");
    }

    @Test
    void aTokenHasAtMost64Characters() {
        String longest = "x".repeat(62);

        assertThat(MediaConvertJobs.token(job(longest))).isEqualTo(longest + "-1");
        assertThat(MediaConvertJobs.token(job(longest + "x")))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(MediaConvertJobs.token(job(longest + "y")));
    }
}
