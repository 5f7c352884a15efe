package routes.transcode.hls;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.jobs.PrefixRemoval;
import routes.settings.Settings;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a stream: what is listed, what playlists name, and what is left over. */
@Component("streamPlaylists")
public class StreamPlaylists {
    /** Objects of a request that deletes. */
    private static final int BATCH = 1000;

    private final String bucket;

    StreamPlaylists(Settings settings) {
        this.bucket = settings.transcode().outputBucket();
    }

    /** @return an empty listing, to which pages are added */
    public StreamListing listing(@Variable("output") OutputPath output) {
        return new StreamListing(bucket, output);
    }

    public ListObjectsRequest request(@Variable("listing") StreamListing listing) {
        return listing.request();
    }

    public void add(List<S3Object> page, @Variable("listing") StreamListing listing) {
        listing.add(page);
    }

    /** @return the media playlists, then the master playlist */
    public List<StoredText> texts(
            @Variable("conversion") Conversion conversion, @Variable("output") OutputPath output) {
        StreamPlan plan = conversion.plan();
        List<StoredText> texts = new ArrayList<>();
        for (Rendition rendition : plan.renditions()) {
            String text = MediaPlaylist.of(conversion.segments(rendition), plan, plan.isIndependent());
            texts.add(new StoredText(output.index(rendition.name()), text));
        }
        texts.add(new StoredText(output.master(), MasterPlaylist.of(conversion, plan.isIndependent())));
        return texts;
    }

    /** @return requests that delete all listed objects */
    public List<DeleteObjectsRequest> removeAll(@Variable("listing") StreamListing listing) {
        return remove(listing.keys());
    }

    /** @return requests that delete the listed objects that no playlist names */
    public List<DeleteObjectsRequest> removeUnnamed(
            @Variable("listing") StreamListing listing,
            @Variable("conversion") Conversion conversion,
            @Variable("output") OutputPath output) {
        StreamPlan plan = conversion.plan();
        Set<String> named = new HashSet<>(Set.of(output.master(), output.keyFile(), output.info()));
        for (Rendition rendition : plan.renditions()) {
            named.add(output.index(rendition.name()));
            if (plan.isFragmentedMp4()) {
                named.add(output.init(rendition.name()));
            }
            conversion
                    .segments(rendition)
                    .forEach(segment -> named.add(output.file(rendition.name(), segment.fileName(plan))));
        }
        return remove(
                listing.keys().stream().filter(key -> !named.contains(key)).toList());
    }

    /** @throws routes.failure.ObjectsLeftException if some objects were not removed */
    public void ensureRemoved(@Variable("output") OutputPath output, @Body DeleteObjectsResponse response) {
        PrefixRemoval.ensureRemoved(output.prefix(), response);
    }

    private List<DeleteObjectsRequest> remove(List<String> keys) {
        List<DeleteObjectsRequest> requests = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += BATCH) {
            List<ObjectIdentifier> batch = keys.subList(from, Math.min(from + BATCH, keys.size())).stream()
                    .map(key -> ObjectIdentifier.builder().key(key).build())
                    .toList();
            Delete delete = Delete.builder().objects(batch).quiet(true).build();
            requests.add(
                    DeleteObjectsRequest.builder().bucket(bucket).delete(delete).build());
        }
        return requests;
    }

    /** @return the stored stream */
    public StoredStream stream(@Variable("conversion") Conversion conversion) {
        StreamPlan plan = conversion.plan();
        Rendition largest = plan.renditions().get(0);
        long micros = conversion.segments(largest).stream()
                .mapToLong(StoredSegment::micros)
                .sum();
        return new StoredStream(
                micros / 1000,
                largest.width(),
                largest.height(),
                plan.renditions().stream().map(Rendition::name).toList());
    }
}
