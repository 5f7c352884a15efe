package routes.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.DecodedClip.Frame;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoClient;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideo.model.ClientLimitExceededException;
import software.amazon.awssdk.services.kinesisvideo.model.NotAuthorizedException;
import software.amazon.awssdk.services.kinesisvideo.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.KinesisVideoArchivedMediaClient;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.endpoints.KinesisVideoArchivedMediaEndpointProvider;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.ClipFragmentSelectorType;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.Format;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.Fragment;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.FragmentSelectorType;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.Image;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.ImageSelectorType;

/** The local Kinesis Video, called with the SDK. */
class KinesisVideoServerTest {
    @TempDir
    Path folder;

    private KinesisVideoServer server;
    private KinesisVideoClient control;
    private KinesisVideoArchivedMediaClient data;

    @BeforeEach
    void start() throws Exception {
        server = new KinesisVideoServer(0);
        control = KinesisVideoClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(LocalCloud.REGION))
                .credentialsProvider(CloudClients.localCredentials())
                .build();
        data = KinesisVideoArchivedMediaClient.builder()
                .region(Region.of(LocalCloud.REGION))
                .credentialsProvider(CloudClients.localCredentials())
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        control.close();
        data.close();
    }

    private KinesisVideoArchivedMediaEndpointProvider endpoint(String stream) {
        String address = control.getDataEndpoint(r -> r.streamName(stream).apiName(APIName.GET_CLIP))
                .dataEndpoint();
        Endpoint endpoint = Endpoint.builder().url(URI.create(address)).build();
        return parameters -> CompletableFuture.completedFuture(endpoint);
    }

    private List<Fragment> fragments(String stream, Instant from, Instant to, long page) {
        KinesisVideoArchivedMediaEndpointProvider endpoint = endpoint(stream);
        return data
                .listFragmentsPaginator(r -> r.overrideConfiguration(o -> o.endpointProvider(endpoint))
                        .streamName(stream)
                        .maxResults(page)
                        .fragmentSelector(s -> s.fragmentSelectorType(FragmentSelectorType.SERVER_TIMESTAMP)
                                .timestampRange(t -> t.startTimestamp(from).endTimestamp(to))))
                .fragments()
                .stream()
                .toList();
    }

    @Test
    void theNewestFragmentOfAStreamHasTheFramesOfItsTime() {
        Instant now = Instant.now();
        List<Fragment> listed = fragments("sample", now.minusSeconds(30), now, 1000);
        assertThat(listed).hasSizeBetween(13, 15);
        Fragment newest = listed.stream()
                .max((a, b) -> new BigInteger(a.fragmentNumber()).compareTo(new BigInteger(b.fragmentNumber())))
                .orElseThrow();
        assertThat(Duration.between(newest.producerTimestamp(), now))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
        Path file = folder.resolve("clip.mp4");
        KinesisVideoArchivedMediaEndpointProvider endpoint = endpoint("sample");
        data.getClip(
                r -> r.overrideConfiguration(o -> o.endpointProvider(endpoint))
                        .streamName("sample")
                        .clipFragmentSelector(s -> s.fragmentSelectorType(ClipFragmentSelectorType.SERVER_TIMESTAMP)
                                .timestampRange(t -> t.startTimestamp(
                                                newest.serverTimestamp().minusMillis(1))
                                        .endTimestamp(newest.serverTimestamp().plusMillis(1)))),
                ResponseTransformer.toFile(file));
        List<Frame> frames = FrameReader.shown(file);
        assertThat(frames).hasSize(50);
        assertThat(frames.get(0).number())
                .isEqualTo(
                        KinesisVideoServer.SPEC.framesIn(Duration.between(server.epoch(), newest.producerTimestamp())));
    }

    @Test
    void theMediaOfFragmentsAreMatroskaInTheRequestedOrder() throws Exception {
        Instant now = Instant.now();
        List<Fragment> newest = fragments("sample", now.minusSeconds(30), now, 1000).stream()
                .sorted(Comparator.comparing(Fragment::producerTimestamp).reversed())
                .limit(2)
                .toList();
        KinesisVideoArchivedMediaEndpointProvider endpoint = endpoint("sample");
        byte[] both =
                media(endpoint, newest.get(0).fragmentNumber(), newest.get(1).fragmentNumber());
        byte[] last = media(endpoint, newest.get(0).fragmentNumber());

        assertThat(HexFormat.of().formatHex(last)).startsWith("1a45dfa3");
        assertThat(Arrays.copyOf(both, last.length)).hasSameSizeAs(last);
        List<Long> first = frames(Arrays.copyOf(both, last.length));
        List<Long> second = frames(Arrays.copyOfRange(both, last.length, both.length));
        assertThat(first).hasSize(50);
        assertThat(second).hasSize(50).endsWith(first.get(0) - 1);
        assertThat(first.get(0))
                .isEqualTo(KinesisVideoServer.SPEC.framesIn(
                        Duration.between(server.epoch(), newest.get(0).producerTimestamp())));
        assertThat(new String(last, StandardCharsets.ISO_8859_1))
                .contains("AWS_KINESISVIDEO_FRAGMENT_NUMBER", newest.get(0).fragmentNumber());
        assertThatThrownBy(() -> media(endpoint, "1"))
                .isInstanceOf(
                        software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.ResourceNotFoundException
                                .class);
    }

    private byte[] media(KinesisVideoArchivedMediaEndpointProvider endpoint, String... numbers) {
        return data.getMediaForFragmentList(
                        r -> r.overrideConfiguration(o -> o.endpointProvider(endpoint))
                                .streamName("sample")
                                .fragments(numbers),
                        ResponseTransformer.toBytes())
                .asByteArray();
    }

    private List<Long> frames(byte[] matroska) throws IOException {
        Path file = Files.write(folder.resolve("media.mkv"), matroska);
        return FrameReader.shown(file).stream().map(Frame::number).toList();
    }

    @Test
    void aListHasPages() {
        Instant now = Instant.now();
        assertThat(fragments("sample", now.minusSeconds(600), now, 100))
                .hasSizeBetween(297, 300)
                .doesNotHaveDuplicates();
        assertThat(server.calls("sample").stream().filter("listFragments"::equals))
                .hasSize(3);
    }

    @Test
    void theFirstImageIsMissingUnlessTheWindowBeginsAFragmentEarlier() {
        Instant start = server.epoch().plusSeconds(101);
        KinesisVideoArchivedMediaEndpointProvider endpoint = endpoint("sample");
        List<Image> images = data.getImages(r -> r.overrideConfiguration(o -> o.endpointProvider(endpoint))
                        .streamName("sample")
                        .imageSelectorType(ImageSelectorType.PRODUCER_TIMESTAMP)
                        .startTimestamp(start)
                        .endTimestamp(start.plusMillis(1400))
                        .samplingInterval(1000)
                        .format(Format.JPEG))
                .images();
        assertThat(images).extracting(Image::errorAsString).containsExactly("NO_MEDIA", null);
        assertThat(images.get(1).timeStamp()).isEqualTo(start.plusSeconds(1));
        assertThat(PictureClient.frame(Base64.getDecoder().decode(images.get(1).imageContent())))
                .isEqualTo(102 * 25);
    }

    @Test
    void eachStreamFailsInItsWay() {
        assertThatThrownBy(() -> endpoint("unknown")).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> endpoint("refused")).isInstanceOf(NotAuthorizedException.class);
        assertThatThrownBy(() -> endpoint("throttled")).isInstanceOf(ClientLimitExceededException.class);
        Instant now = Instant.now();
        assertThat(fragments("empty", now.minusSeconds(30), now, 1000)).isEmpty();
        assertThat(fragments("stale", now.minusSeconds(30), now, 1000)).isEmpty();
        assertThat(fragments("stale", now.minusSeconds(3600), now, 1000)).hasSizeGreaterThan(1000);
    }
}
