package routes.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.ServiceProcess;

/** The service in a separate process, and 150 minutes of recordings. The cloud and the camera API run in this JVM. */
final class BenchService implements AutoCloseable {
    private static final int RECORDINGS = 15;
    private static final int AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Set<String> OPEN = Set.of("none", "QUEUED", "RUNNING", "WAITING", "ANNOUNCING");

    private final LocalCloud cloud = LocalCloud.shared();
    private final LocalResources resources;
    private final ClipClient client;
    private final CameraApi cameras = new CameraApi();
    private final Instant epoch = Instant.now().minus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    private final ServiceProcess process;

    BenchService(BenchFootage footage, Path scratch) throws Exception {
        this(footage, scratch, null);
    }

    /** @param classes of the service; null for those of this build */
    BenchService(BenchFootage footage, Path scratch, Path classes) throws Exception {
        resources = cloud.newResources(classes == null ? "-bench" : "-bench-before");
        client = new ClipClient(cloud, resources);
        upload(footage.first());
        upload(footage.second());
        for (int i = 0; i < RECORDINGS; i++) {
            Instant start = epoch.plus(BenchFootage.LENGTH.multipliedBy(i));
            Path file = i % 2 == 0 ? footage.first() : footage.second();
            cameras.addRecording(CameraApi.ALIAS, start, start.plus(BenchFootage.LENGTH), name(file));
        }
        Map<String, String> settings = Map.of(
                "S3_BUCKET_ORIGIN", resources.originBucket(),
                "CAM_SERVICES_URL", cameras.baseUrl().toString(),
                "CLIP_DOWNLOAD_DEST", scratch.toString(),
                "CLIP_WORKERS", String.valueOf(AT_ONCE));
        process = classes == null
                ? ServiceProcess.service(resources, settings)
                : ServiceProcess.service(resources, settings, classes);
    }

    private void upload(Path recording) {
        cloud.s3()
                .putObject(
                        r -> r.bucket(resources.originBucket()).key(LocalResources.ORIGIN_DIR + "/" + name(recording)),
                        recording);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /**
     * Cost of jobs, from the first message sent to the last job closed.
     *
     * @param wall seconds
     * @param jvm CPU seconds of the service itself
     * @param ffmpeg CPU seconds of its child processes
     * @param memory of the largest of them, MB
     * @param fetched bytes from the bucket
     * @param stored bytes of the clips
     */
    record Jobs(double wall, double jvm, double ffmpeg, double memory, long fetched, long stored) {
        double cpu() {
            return jvm + ffmpeg;
        }

        Usage usage() {
            return new Usage(wall, cpu(), memory);
        }
    }

    /** Sends all requests immediately and waits until all jobs are closed. */
    Jobs run(List<Interval> intervals) throws IOException {
        LongSupplier fetched = cloud::bytesFromS3;
        long bytesBefore = fetched.getAsLong();
        double jvm = ProcessTimes.of(process.pid());
        double ffmpeg = ProcessTimes.ofEndedChildren(process.pid());
        MemoryWatch watch = new MemoryWatch(process.pid());
        long start = System.nanoTime();
        List<String> clipIds = new ArrayList<>();
        try (watch) {
            for (Interval interval : intervals) {
                String clipId = ClipClient.newId();
                client.send(
                        ClipClient.request(clipId, epoch.plusMillis(interval.from()), epoch.plusMillis(interval.to()))
                                .toString());
                clipIds.add(clipId);
            }
            clipIds.forEach(this::awaitEnd);
        }
        double wall = (System.nanoTime() - start) / 1e9;
        return new Jobs(
                wall,
                ProcessTimes.of(process.pid()) - jvm,
                ProcessTimes.ofEndedChildren(process.pid()) - ffmpeg,
                watch.peak(),
                fetched.getAsLong() - bytesBefore,
                clipIds.stream().mapToLong(this::discard).sum());
    }

    private void awaitEnd(String clipId) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> !OPEN.contains(client.jobStatus(clipId)));
        if (!client.jobStatus(clipId).equals("DONE")) {
            throw new IllegalStateException(client.job(clipId) + "\n" + String.join("\n", process.lines()));
        }
    }

    /** @return size of the clip in bytes; the clip is deleted to save disk space */
    private long discard(String clipId) {
        String bucket = resources.clipsBucket();
        long bytes = 0;
        for (String key : client.objects(clipId)) {
            if (key.endsWith(".mp4")) {
                bytes += cloud.s3().headObject(r -> r.bucket(bucket).key(key)).contentLength();
            }
            cloud.s3().deleteObject(r -> r.bucket(bucket).key(key));
        }
        return bytes;
    }

    /** @return maximum heap in use after a collection while such jobs ran, MB */
    double liveHeap(Interval interval, Duration atLeast) throws Exception {
        ExecutorService jobs = Executors.newSingleThreadExecutor();
        try (ServiceHeap heap = new ServiceHeap(process.pid())) {
            long until = System.nanoTime() + atLeast.toNanos();
            double most = 0;
            do {
                Future<Jobs> running = jobs.submit(() -> run(List.of(interval)));
                boolean open = true;
                while (open) {
                    most = Math.max(most, heap.usedAfterCollection());
                    open = !isDone(running);
                }
            } while (System.nanoTime() < until);
            return most;
        } finally {
            jobs.shutdownNow();
        }
    }

    /** Waits up to a second: continuous collections would leave the job no CPU time. */
    private static boolean isDone(Future<Jobs> running) throws Exception {
        try {
            running.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** @return peak memory of the service itself, MB */
    double memory() throws IOException {
        return ProcessTimes.peakMemory(process.pid()).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        process.close();
        cameras.close();
    }
}
