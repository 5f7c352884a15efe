package routes.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.DecodedClip;
import routes.support.FlowTest;
import routes.support.FrameReader;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import routes.support.PastFootage;
import routes.support.SimulatedRecording;

/** A clip request from the queue to the clip, thumbnails, notification and job. */
@FlowTest
class ClipFlowTest {
    private final ClipClient client = LocalServices.client();
    private final CameraApi cameras = LocalServices.cameras();
    private final String clipId = ClipClient.newId();

    private PastFootage footage;

    @TempDir
    Path folder;

    @BeforeEach
    void record() {
        footage = PastFootage.shared();
    }

    @Test
    void aRequestBecomesAClipItsThumbnailsAnAnnouncementAndADoneJob() throws IOException {
        // from 7.3 s in the first recording to 3.1 s in the third
        Instant start = footage.start().plusMillis(7_300);
        Instant end = footage.start().plusMillis(23_100);

        client.send(ClipClient.request(clipId, start, end).toString());

        JsonNode document = client.heardOf(clipId);
        assertThat(document)
                .isEqualTo(available(start, end, document.path("eventId").asText()));
        assertThat(client.attributesOf(clipId))
                .isEqualTo(ClipClient.json(
                        """
                                {"type":{"Type":"String","Value":"clip"},"status":{"Type":"String","Value":"CLIP_AVAILABLE"},
                                "cameraId":{"Type":"String","Value":"%s"}}"""
                                .formatted(CameraApi.CAMERA_ID)));
        client.awaitStatus(clipId, "DONE");
        assertThat(cameras.puts(clipId)).singleElement().satisfies(put -> assertThat(ClipClient.json(put))
                .isEqualTo(document));
        assertThat(client.objects(clipId)).containsExactlyInAnyOrderElementsOf(keys());
        assertThat(client.contentType(keys().get(0))).isEqualTo("video/mp4");
        assertThat(client.contentType(keys().get(1))).isEqualTo("image/png");
        assertThat(client.job(clipId).get("progress").n()).isEqualTo("100");
        JsonNode cut = ClipClient.json(client.job(clipId).get("result").s()).path("cut");
        assertThat(cut.path("mode").asText()).isEqualTo("boundaries");
        assertThat(cut.path("copied").asInt() + cut.path("reencoded").asInt())
                .isEqualTo((int) (footage.frameAt(end) - footage.frameAt(start)));
        assertThat(cut.path("reencoded").asInt())
                .isLessThanOrEqualTo(footage.spec().gop());

        DecodedClip clip = FrameReader.read(client.download(keys().get(0), folder.resolve("c.mp4")), footage.spec());
        assertThat(clip.decodeErrors()).isEmpty();
        assertThat(clip.first()).isEqualTo(footage.frameAt(start));
        assertThat(clip.last()).isEqualTo(footage.frameAt(end) - 1);
        assertThat(clip.missing()).isEmpty();
        assertThat(clip.duplicated()).isEmpty();
        assertThat(clip.largestTimeErrorMs(footage.spec().fps())).isLessThan(0.1);
        assertThat(clip.largestAudioOffsetMs()).isLessThan(45);
        for (int size : List.of(300, 640, 1500, 3000)) {
            Path png = client.download(key("_" + size + ".png"), folder.resolve(size + ".png"));
            assertThat(width(png)).isEqualTo(size);
        }
    }

    @Test
    void aCameraThatNamesItsLastFrameAsTheEndLosesNoFrameAtABorder() {
        Instant border = footage.start().plusSeconds(10);
        cameras.addCamera(clipId, clipId);
        for (int i = 0; i < 2; i++) {
            Instant start = footage.start().plusSeconds(10L * i);
            var recording = new SimulatedRecording(CameraApi.ALIAS, start, start.plusSeconds(10), 250L * i, 250);
            cameras.addRecording(clipId, start, start.plusSeconds(10).minusMillis(40), recording.fileName());
        }

        client.send(ClipClient.request(clipId, border.minusSeconds(1), border.plusSeconds(1))
                .put("cameraId", clipId)
                .toString());

        client.awaitStatus(clipId, "DONE");
        Path file = client.download(clipId + "/" + clipId + ".mp4", folder.resolve("border.mp4"));
        DecodedClip clip = FrameReader.read(file, footage.spec());
        assertThat(clip.first()).isEqualTo(footage.frameAt(border.minusSeconds(1)));
        assertThat(clip.last()).isEqualTo(footage.frameAt(border.plusSeconds(1)) - 1);
        assertThat(clip.missing()).isEmpty();
        assertThat(clip.largestTimeErrorMs(footage.spec().fps())).isLessThan(0.1);
    }

    @Test
    void aRecordingThatEndsBeforeItsListedEndLeavesAGapOfMissingFrames() {
        cameras.addCamera(clipId, clipId);
        for (int i : List.of(0, 2)) {
            Instant start = footage.start().plusSeconds(10L * i);
            var recording = new SimulatedRecording(CameraApi.ALIAS, start, start.plusSeconds(10), 250L * i, 250);
            // the first file has ten of its fifteen seconds
            cameras.addRecording(clipId, start, start.plusSeconds(15), recording.fileName());
        }
        Instant lastFrame = footage.start().plusSeconds(10);

        client.send(ClipClient.request(
                        clipId, footage.start().plusSeconds(9), footage.start().plusSeconds(21))
                .put("cameraId", clipId)
                .toString());
        client.awaitStatus(clipId, "DONE");

        JsonNode gaps = ClipClient.json(client.job(clipId).get("result").s()).path("gaps");
        assertThat(gaps)
                .containsExactly(
                        ClipDocuments.gap(lastFrame, lastFrame.plusSeconds(5)).put("reason", "MISSING_FRAMES"),
                        ClipDocuments.gap(lastFrame.plusSeconds(5), lastFrame.plusSeconds(10))
                                .put("reason", "NOT_RECORDED"));
        assertThat(client.heardOf(clipId).path("gaps"))
                .as("the published document")
                .containsExactly(ClipDocuments.gap(lastFrame, lastFrame.plusSeconds(10)));
    }

    @Test
    void theScratchFolderIsEmptyAfterSuccessAndAfterFailure() throws IOException {
        Instant start = footage.start().plusMillis(1_000);
        client.send(ClipClient.request(clipId, start, start.plusSeconds(1)).toString());
        client.awaitStatus(clipId, "DONE");
        await().until(() -> scratch().isEmpty());

        String broken = ClipClient.newId();
        Instant noVideo = footage.brokenRecording();
        client.send(ClipClient.request(broken, noVideo, noVideo.plusSeconds(1)).toString());

        client.awaitStatus(broken, "FAILED");
        assertThat(client.heardOf(broken).path("status").asText()).isEqualTo("FATAL_ERROR");
        assertThat(client.heardOf(broken).path("reason").asText()).isEqualTo("a recording has no picture");
        await().until(() -> scratch().isEmpty());
    }

    @Test
    void theAliasOfACameraIsQueriedOnce() {
        String cameraId = ClipClient.newId();
        cameras.addCamera(cameraId, CameraApi.ALIAS);
        Instant start = footage.start().plusMillis(1_000);
        for (String id : List.of(clipId, ClipClient.newId())) {
            client.send(ClipClient.request(id, start, start.plusSeconds(1))
                    .put("cameraId", cameraId)
                    .toString());
            client.awaitStatus(id, "DONE");
        }

        assertThat(cameras.requests())
                .filteredOn(r -> r.path().equals("/cameras/" + cameraId))
                .hasSize(1);
    }

    private JsonNode available(Instant start, Instant end, String eventId) throws IOException {
        String document = ClipMessagesTest.contract("clip-available.sns.json")
                .replace("1534305591000", Long.toString(start.toEpochMilli()))
                .replace("1534305611000", Long.toString(end.toEpochMilli()))
                .replace("\"clipId\": \"1111111111111\"", "\"clipId\": \"" + clipId + "\"")
                .replace("1111111111111/1111111111111", "1111111111111/" + clipId)
                .replace("s3-test", LocalCloud.shared().resources().clipsBucket());
        var expected = (ObjectNode) ClipClient.json(document);
        expected.putArray("gaps");
        return expected.put("eventId", eventId);
    }

    private List<String> keys() {
        return List.of(key(".mp4"), key("_300.png"), key("_640.png"), key("_1500.png"), key("_3000.png"));
    }

    private String key(String ending) {
        return CameraApi.CAMERA_ID + "/" + clipId + ending;
    }

    /** Width in pixels, from the PNG header. */
    private static int width(Path png) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(png)).getInt(16);
    }

    private static List<Path> scratch() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target", "scratch"))) {
            return files.filter(
                            f -> f.toString().endsWith(".mp4") || f.toString().endsWith(".png"))
                    .toList();
        }
    }
}
