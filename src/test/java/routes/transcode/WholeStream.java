package routes.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import routes.support.FootageSpec;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.TranscodeClient;
import routes.transcode.hls.ContentKey;
import routes.transcode.hls.Identical;
import routes.transcode.hls.OutputPath;
import routes.transcode.hls.PlayedStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The stream of a job's first run after everything that went wrong meanwhile.
 *
 * @param spec of the film
 */
record WholeStream(LocalResources resources, TranscodeClient client, String jobId, FootageSpec spec) {
    private String prefix() {
        return OutputPath.of(jobId, 1).prefix();
    }

    /** @return all keys of the bucket */
    List<String> objects() {
        return LocalCloud.shared()
                .s3()
                .listObjectsV2Paginator(list -> list.bucket(resources.clipsBucket()))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    /** The stream is the only one of its bucket. It plays every frame once, with the only key there is. */
    void assertWhole(Duration length, byte[] key, Path folder) throws Exception {
        assertThat(client.object(prefix() + "key.key")).isEqualTo(key);
        List<Map<String, AttributeValue>> keys = LocalCloud.shared()
                .dynamoDb()
                .scan(scan -> scan.tableName(resources.keysTable()))
                .items();
        assertThat(keys).singleElement().satisfies(row -> {
            assertThat(row.get("jobId").s()).isEqualTo(jobId);
            assertThat(row.get("key").b().asByteArray()).isEqualTo(key);
            assertThat(row).containsKey("ExpirationTime");
        });
        PlayedStream played = new PlayedStream(resources.clipsBucket(), new OutputPath(prefix()), new ContentKey(key));
        for (String rendition : played.renditions()) {
            assertThat(Identical.to(spec, spec.framesIn(length), played.download(rendition, folder)))
                    .as(rendition)
                    .isEmpty();
        }
        List<String> named = new ArrayList<>(played.named());
        named.addAll(List.of(prefix() + "key.key", prefix() + "info.json"));
        assertThat(objects()).containsExactlyInAnyOrderElementsOf(named);
    }

    /** The job was announced once, and no message of it is left. */
    void assertAnnouncedOnce() {
        client.awaitEmptyQueue();
        assertThat(client.deadLetters()).isZero();
        assertThat(client.heardOf(jobId)).hasSize(1);
    }

    /** @return how often segments were stored again */
    int segmentsWrittenAgain() {
        return objects().stream()
                .filter(object -> object.matches(".*/\\d{5}-\\d+\\.(m4s|ts)"))
                .mapToInt(object -> LocalCloud.shared().writesToS3(object) - 1)
                .sum();
    }
}
