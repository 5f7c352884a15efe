package routes.transcode.hls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import routes.failure.Failures;
import routes.jobs.WorkControl;
import routes.scratch.ScratchSpace;
import routes.scratch.Workspace;
import routes.support.LocalCloud;
import routes.support.TestJobs;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Attempts to convert one film, all below the same prefix and with the same key. */
public final class ConversionTrial {
    private final CamelContext camel;
    private final String bucket;
    private final OutputPath output = new OutputPath("transcodes/" + UUID.randomUUID() + "/1/");
    private final ContentKey key;

    /** @param bucket of streams */
    public ConversionTrial(CamelContext camel, String bucket) {
        this.camel = camel;
        this.bucket = bucket;
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.key = new ContentKey(random);
    }

    /** @return the stored stream */
    public StoredStream convert(Path film) throws Exception {
        Exchange done = attempt(film, FreeWork.undisturbed());
        if (done.getException() != null) {
            throw done.getException();
        }
        return done.getVariable("stream", StoredStream.class);
    }

    /** @return the failure of the attempt; null if it succeeds */
    Throwable fail(Path film, WorkControl work) throws IOException {
        Exception failure = attempt(film, work).getException();
        return failure == null ? null : Failures.cause(failure);
    }

    private Exchange attempt(Path film, WorkControl work) throws IOException {
        ScratchSpace scratch = camel.getRegistry().lookupByNameAndType("scratchSpace", ScratchSpace.class);
        Workspace workspace = scratch.open("transcode", work);
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            Path file = Files.copy(film, workspace.recording(0));
            return template.send("direct:convert-here", exchange -> {
                exchange.setVariable("film", new Film(file, "films/film.mp4", Files.size(file)));
                exchange.setVariable("output", output);
                exchange.setVariable("contentKey", key);
                exchange.setVariable("job", TestJobs.running("job-1", Instant.now()));
                exchange.setVariable("work", work);
                exchange.setVariable("workspace", workspace);
            });
        } finally {
            scratch.remove(workspace);
        }
    }

    PlayedStream played() {
        return new PlayedStream(bucket, output, key);
    }

    /** Stores an object that no playlist will name. */
    String leave(String name) {
        String key = output.prefix() + name;
        LocalCloud.shared().s3().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("left"));
        return key;
    }

    /** @return all objects below the prefix */
    List<S3Object> objects() {
        return LocalCloud.shared()
                .s3()
                .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(output.prefix()))
                .contents()
                .stream()
                .toList();
    }
}
