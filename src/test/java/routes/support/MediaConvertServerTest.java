package routes.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.transcode.hls.PlayedStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.mediaconvert.MediaConvertClient;
import software.amazon.awssdk.services.mediaconvert.model.BadRequestException;
import software.amazon.awssdk.services.mediaconvert.model.ConflictException;
import software.amazon.awssdk.services.mediaconvert.model.CreateJobRequest;
import software.amazon.awssdk.services.mediaconvert.model.ForbiddenException;
import software.amazon.awssdk.services.mediaconvert.model.HlsEncryptionType;
import software.amazon.awssdk.services.mediaconvert.model.HlsKeyProviderType;
import software.amazon.awssdk.services.mediaconvert.model.Input;
import software.amazon.awssdk.services.mediaconvert.model.InternalServerErrorException;
import software.amazon.awssdk.services.mediaconvert.model.Job;
import software.amazon.awssdk.services.mediaconvert.model.JobStatus;
import software.amazon.awssdk.services.mediaconvert.model.MediaConvertException;
import software.amazon.awssdk.services.mediaconvert.model.NotFoundException;
import software.amazon.awssdk.services.mediaconvert.model.OutputGroup;
import software.amazon.awssdk.services.mediaconvert.model.OutputGroupType;
import software.amazon.awssdk.services.mediaconvert.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.mediaconvert.model.TooManyRequestsException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.model.Message;

/** The local MediaConvert, called with the SDK. */
class MediaConvertServerTest {
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final LocalCloud CLOUD = LocalCloud.shared();

    @TempDir
    static Path folder;

    private static LocalResources resources;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final String run = UUID.randomUUID().toString();
    private final List<JsonNode> received = new ArrayList<>();
    private MediaConvertServer server;
    private MediaConvertClient client;

    @BeforeAll
    static void upload() throws Exception {
        resources = CLOUD.newResources("-media-convert");
        Path film = Footage.record(
                folder.resolve("film.mp4"), FootageSpec.standard(), 0, 125, Instant.parse("2026-03-01T08:00:00Z"));
        put("a film +1.mp4", Files.readAllBytes(film));
        put("no-film.mp4", "no film".getBytes(StandardCharsets.UTF_8));
    }

    private static void put(String key, byte[] bytes) {
        CLOUD.s3().putObject(r -> r.bucket(resources.uploadBucket()).key(key), RequestBody.fromBytes(bytes));
    }

    @BeforeEach
    void start() throws Exception {
        server = new MediaConvertServer(0, CLOUD.clients(), clock);
        server.events().addRule(resources.uploadBucket(), resources.transcodeEventsUrl());
        client = MediaConvertClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(LocalCloud.REGION))
                .credentialsProvider(CloudClients.localCredentials())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Consumer<CreateJobRequest.Builder> request(String input, String token) {
        return request -> request.role(LocalResources.MEDIACONVERT_ROLE)
                .jobTemplate(MediaConvertSettings.TEMPLATE)
                .clientRequestToken(token)
                .userMetadata(Map.of("jobId", run))
                .settings(settings -> settings.inputs(Input.builder()
                                .fileInput("s3://" + resources.uploadBucket() + "/" + input)
                                .build())
                        .outputGroups(group("s3://" + resources.clipsBucket() + "/" + run + "/master")));
    }

    private static OutputGroup group(String destination) {
        return OutputGroup.builder()
                .outputGroupSettings(group -> group.type(OutputGroupType.HLS_GROUP_SETTINGS)
                        .hlsGroupSettings(hls -> hls.destination(destination).encryption(encryption -> encryption
                                .encryptionMethod(HlsEncryptionType.AES128)
                                .type(HlsKeyProviderType.STATIC_KEY)
                                .staticKeyProvider(
                                        key -> key.staticKeyValue(KEY).url("key.key")))))
                .build();
    }

    private Job create(String input) {
        return client.createJob(request(input, run)).job();
    }

    private Job awaited(String id, JobStatus status) {
        return await("job " + id)
                .atMost(PATIENCE)
                .until(() -> client.getJob(r -> r.id(id)).job(), job -> job.status() == status);
    }

    /** @return the events of a job so far, which are sent one after the other; waits for one with this status */
    private List<JsonNode> events(String id, String status) {
        return await("event " + status).atMost(PATIENCE).until(() -> receive(id), events -> events.stream()
                .anyMatch(event -> event.at("/detail/status").asText().equals(status)));
    }

    private List<JsonNode> receive(String id) {
        String url = resources.transcodeEventsUrl();
        for (Message message : CLOUD.sqs()
                .receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10))
                .messages()) {
            CLOUD.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
            received.add(ClipClient.json(message.body()));
        }
        return received.stream()
                .filter(event -> event.at("/detail/jobId").asText().equals(id))
                .toList();
    }

    private static List<String> statuses(List<JsonNode> events) {
        return events.stream().map(event -> event.at("/detail/status").asText()).toList();
    }

    private List<String> stored() {
        return CLOUD.s3().listObjectsV2(r -> r.bucket(resources.clipsBucket()).prefix(run + "/")).contents().stream()
                .map(S3Object::key)
                .map(key -> key.substring(run.length() + 1))
                .toList();
    }

    private String object(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String name) {
        return CLOUD.s3()
                .getObjectAsBytes(r -> r.bucket(resources.clipsBucket()).key(run + "/" + name))
                .asByteArray();
    }

    /** @param number of the segment, which is its vector */
    private byte[] decrypted(String name, int number) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        byte[] vector = ByteBuffer.allocate(16).putInt(12, number).array();
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(HexFormat.of().parseHex(KEY), "AES"),
                new IvParameterSpec(vector));
        return PlayedStream.withoutServiceNames(cipher.doFinal(bytes(name)));
    }

    @Test
    void aFilmBecomesAStreamThatPlaysWithTheKey() throws Exception {
        Job created = create("a film +1.mp4");
        assertThat(created.arn()).isEqualTo(MediaConvertSettings.arn("jobs/" + created.id()));
        Job complete = awaited(created.id(), JobStatus.COMPLETE);

        assertThat(complete.userMetadata()).containsEntry("jobId", run);
        assertThat(complete.jobPercentComplete()).isEqualTo(100);
        assertThat(complete.outputGroupDetails().get(0).outputDetails())
                .satisfiesExactly(
                        full -> {
                            assertThat(full.durationInMs()).isBetween(4900, 5100);
                            assertThat(full.videoDetails().widthInPx()).isEqualTo(640);
                        },
                        small -> assertThat(small.videoDetails().heightInPx()).isEqualTo(180));
        assertThat(stored()).contains("master.m3u8", "master_full.m3u8", "master_small.m3u8", "master_full_00001.ts");
        Path played = folder.resolve("played.ts");
        try (OutputStream out = Files.newOutputStream(played)) {
            int number = 1;
            for (String line : object("master_full.m3u8").lines().toList()) {
                if (line.startsWith("#EXT-X-KEY:")) {
                    assertThat(line).startsWith("#EXT-X-KEY:METHOD=AES-128,URI=\"key.key\"");
                } else if (!line.startsWith("#")) {
                    out.write(decrypted(line, number++));
                }
            }
        }
        assertThat(FrameReader.shown(played)).hasSize(125);
    }

    @Test
    void eventsHaveTheFormsOfEventBridge() {
        String id = create("a film +1.mp4").id();
        List<JsonNode> events = events(id, "COMPLETE");

        assertThat(statuses(events))
                .containsExactlyInAnyOrder(
                        "PROGRESSING",
                        "INPUT_INFORMATION",
                        "STATUS_UPDATE",
                        "STATUS_UPDATE",
                        "STATUS_UPDATE",
                        "COMPLETE");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.path("source").asText()).isEqualTo("aws.mediaconvert");
            assertThat(event.path("detail-type").asText()).isEqualTo("MediaConvert Job State Change");
            assertThat(event.at("/detail/userMetadata/jobId").asText()).isEqualTo(run);
        });
        JsonNode complete = events.get(statuses(events).indexOf("COMPLETE")).at("/detail/outputGroupDetails/0");
        assertThat(complete.at("/playlistFilePaths/0").asText())
                .isEqualTo("s3://" + resources.clipsBucket() + "/" + run + "/master.m3u8");
        assertThat(complete.at("/outputDetails/1/videoDetails/widthInPx").asInt())
                .isEqualTo(320);
        JsonNode input =
                events.get(statuses(events).indexOf("INPUT_INFORMATION")).at("/detail/inputDetails/0");
        assertThat(input.at("/video/0/codec").asText()).isEqualTo("H_264");
        assertThat(input.at("/video/0/width").asInt()).isEqualTo(640);
        assertThat(events.stream()
                        .filter(event -> event.at("/detail/status").asText().equals("STATUS_UPDATE"))
                        .map(event -> event.at("/detail/jobProgress/jobPercentComplete")
                                .asInt(-1)))
                .containsExactlyInAnyOrder(-1, 45, 90);
    }

    @Test
    void eventsAreHeldDroppedAndRepeated() {
        server.events().hold();
        String id = create("a film +1.mp4").id();
        awaited(id, JobStatus.COMPLETE);
        await().atMost(PATIENCE).until(() -> server.events().held(id).size() == 6);
        JsonNode complete = server.events().held(id).get(5);
        server.events().send(complete);
        server.events().send(complete);
        await().atMost(PATIENCE).until(() -> statuses(receive(id)).equals(List.of("COMPLETE", "COMPLETE")));
        server.events().send(server.event(id, "NEW_WARNING"));
        assertThat(events(id, "NEW_WARNING")).hasSize(3);

        server.reset();
        server.events().drop("PROGRESSING", "STATUS_UPDATE", "INPUT_INFORMATION");
        server.events().repeat(2);
        clock.advance(Duration.ofMinutes(1));
        String next = create("a film +1.mp4").id();
        await().atMost(PATIENCE).until(() -> statuses(receive(next)).equals(List.of("COMPLETE", "COMPLETE")));
    }

    @Test
    void whatIsNoFilmEndsWithAnError() {
        Job broken = awaited(create("no-film.mp4").id(), JobStatus.ERROR);
        assertThat(broken.errorCode()).isEqualTo(1010);
        assertThat(broken.errorMessage())
                .startsWith("Unable to open input file [s3://" + resources.uploadBucket() + "/no-film.mp4]");
        assertThat(events(broken.id(), "ERROR"))
                .anySatisfy(event ->
                        assertThat(event.at("/detail/errorCode").asInt()).isEqualTo(1010));
        clock.advance(Duration.ofMinutes(1));
        assertThat(awaited(create("missing.mp4").id(), JobStatus.ERROR).errorCode())
                .isEqualTo(1404);
        assertThat(stored()).isEmpty();
    }

    @Test
    void aJobFailsAsPlannedAndLeavesFiles() {
        server.failJobs(1040, "planned");
        server.storeLate();
        Job failed = awaited(create("a film +1.mp4").id(), JobStatus.ERROR);
        assertThat(failed.errorCode()).isEqualTo(1040);
        await().atMost(PATIENCE).until(() -> stored().size() == 5);
    }

    @Test
    void aPausedJobIsCanceledAndAnEndedOneIsNot() {
        server.pauseJobs();
        String id = create("a film +1.mp4").id();
        await().atMost(PATIENCE).until(() -> stored().size() == 4);
        assertThat(awaited(id, JobStatus.PROGRESSING).jobPercentComplete()).isEqualTo(45);
        client.cancelJob(r -> r.id(id));
        assertThat(awaited(id, JobStatus.CANCELED).timing().finishTime()).isEqualTo(clock.instant());
        events(id, "CANCELED");
        assertThatThrownBy(() -> client.cancelJob(r -> r.id(id))).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> client.cancelJob(r -> r.id("unknown"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aTokenCreatesOneJobAMinute() {
        server.pauseJobs();
        Job first = create("no-film.mp4");
        assertThat(create("no-film.mp4").id()).isEqualTo(first.id());
        assertThatThrownBy(() -> create("missing.mp4")).isInstanceOf(ConflictException.class);
        clock.advance(Duration.ofMinutes(1));
        assertThat(create("no-film.mp4").id()).isNotEqualTo(first.id());
    }

    @Test
    void aLostAnswerLeavesOneJobThatASearchFinds() {
        server.loseNext(4);
        assertThatThrownBy(() -> create("no-film.mp4")).isInstanceOf(SdkClientException.class);
        assertThat(server.calls()).containsOnly("createJob");
        assertThat(client.searchJobs(r -> r.inputFile("no-film.mp4")).jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.userMetadata()).containsEntry("jobId", run));
        assertThat(client.searchJobs(r -> r.inputFile("a film +1.mp4")).jobs()).isEmpty();
    }

    @Test
    void aListHasPagesNewestFirst() {
        for (int i = 0; i < 45; i++) {
            String token = run + i;
            client.createJob(request(i % 2 == 0 ? "even.mp4" : "odd +.mp4", token));
        }
        assertThat(client.listJobs(r -> {}).jobs()).hasSize(20);
        assertThat(client.listJobsPaginator(r -> {}).jobs())
                .extracting(Job::clientRequestToken)
                .hasSize(45)
                .startsWith(run + 44)
                .endsWith(run + 0);
        assertThat(client.searchJobsPaginator(r -> r.inputFile("odd +.mp4")).jobs())
                .hasSize(22);
    }

    @Test
    void callsFailAsPlanned() {
        Map<Integer, Class<? extends MediaConvertException>> types = Map.of(
                400, BadRequestException.class,
                402, ServiceQuotaExceededException.class,
                403, ForbiddenException.class,
                404, NotFoundException.class,
                409, ConflictException.class,
                429, TooManyRequestsException.class,
                500, InternalServerErrorException.class);
        types.forEach((status, type) -> {
            server.failNext("createJob", 4, status);
            assertThatThrownBy(() -> create("no-film.mp4")).isInstanceOf(type);
            server.reset();
        });
        server.failNext("createJob", 2, 429);
        create("no-film.mp4");
        assertThat(server.jobs()).hasSize(1);
        assertThat(server.jobs().get(0).path("userMetadata").path("jobId").asText())
                .isEqualTo(run);
    }

    @Test
    void malformedRequestsAreRefused() {
        assertThatThrownBy(() -> client.createJob(r -> r.role("camclips"))).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> client.createJob(request("no-film.mp4", "x".repeat(65))))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("/clientRequestToken");
        assertThatThrownBy(() -> client.createJob(request("no-film.mp4", run).andThen(r -> r.jobTemplate("unknown"))))
                .isInstanceOf(NotFoundException.class);
        assertThat(client.getJobTemplate(r -> r.name(MediaConvertSettings.TEMPLATE))
                        .jobTemplate()
                        .settings()
                        .outputGroups())
                .hasSize(1);
        assertThatThrownBy(() -> client.getQueue(r -> r.name("unknown"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void anAnswerComesAfterTheEventsOfItsJob() {
        server.delayAnswers(Duration.ofSeconds(1));
        String id = create("a film +1.mp4").id();
        assertThat(client.getJob(r -> r.id(id)).job().status()).isNotEqualTo(JobStatus.SUBMITTED);
        assertThat(statuses(receive(id))).contains("PROGRESSING");
    }
}
