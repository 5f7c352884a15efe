package routes.transcode.hls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects below a prefix, listed page by page. They are the state of a conversion. */
public final class StreamListing {
    /** Objects of a page. */
    private static final int PAGE = 1000;
    /** Two starts of the same segment differ by less, in microseconds. */
    private static final long SAME = 1000;

    private final String bucket;
    private final String prefix;
    private final Map<String, Long> sizes = new HashMap<>();
    private String last = "";
    private boolean open = true;

    StreamListing(String bucket, OutputPath output) {
        this.bucket = bucket;
        this.prefix = output.prefix();
    }

    /** @return whether there may be another page */
    public boolean isOpen() {
        return open;
    }

    ListObjectsRequest request() {
        return ListObjectsRequest.builder()
                .bucket(bucket)
                .prefix(prefix)
                .marker(last)
                .maxKeys(PAGE)
                .build();
    }

    void add(List<S3Object> page) {
        for (S3Object object : page) {
            sizes.put(object.key(), object.size());
            last = object.key();
        }
        open = page.size() >= PAGE;
    }

    /** @return all keys */
    List<String> keys() {
        return sizes.keySet().stream().sorted().toList();
    }

    /**
     * @return where an attempt goes on: the last segment that all renditions have is written again, so that the end of the
     *     film is met, and every rendition has a keyframe there
     */
    ResumePoint resumePoint(StreamPlan plan, OutputPath output) {
        int number = Integer.MAX_VALUE;
        for (Rendition rendition : plan.renditions()) {
            boolean begun = !plan.isFragmentedMp4() || sizes.containsKey(output.init(rendition.name()));
            number = Math.min(number, begun ? unbroken(rendition, plan).size() - 1 : 0);
        }
        if (number <= 0) {
            return ResumePoint.BEGINNING;
        }
        int until = number;
        List<Long> starts = plan.renditions().stream()
                .map(rendition -> unbroken(rendition, plan).stream()
                        .limit(until)
                        .mapToLong(StoredSegment::micros)
                        .sum())
                .toList();
        boolean same = starts.stream().allMatch(start -> Math.abs(start - starts.get(0)) < SAME);
        return same ? new ResumePoint(number, starts.get(0)) : ResumePoint.BEGINNING;
    }

    /** @return the segments of a rendition from the first one to the last before a gap */
    List<StoredSegment> unbroken(Rendition rendition, StreamPlan plan) {
        Map<Integer, List<StoredSegment>> byNumber = new HashMap<>();
        Pattern name = Pattern.compile(
                Pattern.quote(prefix + rendition.name()) + "/(\\d{5,9})-(\\d{1,12})\\." + plan.extension());
        sizes.forEach((key, bytes) -> {
            Matcher segment = name.matcher(key);
            if (segment.matches()) {
                int number = Integer.parseInt(segment.group(1));
                byNumber.computeIfAbsent(number, n -> new ArrayList<>())
                        .add(new StoredSegment(number, Long.parseLong(segment.group(2)), bytes));
            }
        });
        List<StoredSegment> run = new ArrayList<>();
        // of two with different durations, one is of an attempt that began elsewhere
        while (byNumber.getOrDefault(run.size(), List.of()).size() == 1) {
            run.add(byNumber.get(run.size()).get(0));
        }
        return run;
    }
}
