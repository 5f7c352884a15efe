package routes.transcode.mediaconvert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import routes.jobs.Identifier;
import routes.jobs.Job;
import routes.settings.Settings;
import routes.transcode.hls.ContentKey;
import routes.transcode.hls.OutputPath;
import software.amazon.awssdk.services.mediaconvert.MediaConvertClient;
import software.amazon.awssdk.services.mediaconvert.model.BadRequestException;
import software.amazon.awssdk.services.mediaconvert.model.ConflictException;
import software.amazon.awssdk.services.mediaconvert.model.CreateJobRequest;
import software.amazon.awssdk.services.mediaconvert.model.ForbiddenException;
import software.amazon.awssdk.services.mediaconvert.model.HlsDirectoryStructure;
import software.amazon.awssdk.services.mediaconvert.model.HlsEncryptionSettings;
import software.amazon.awssdk.services.mediaconvert.model.HlsEncryptionType;
import software.amazon.awssdk.services.mediaconvert.model.HlsGroupSettings;
import software.amazon.awssdk.services.mediaconvert.model.HlsKeyProviderType;
import software.amazon.awssdk.services.mediaconvert.model.HlsManifestCompression;
import software.amazon.awssdk.services.mediaconvert.model.Input;
import software.amazon.awssdk.services.mediaconvert.model.JobSettings;
import software.amazon.awssdk.services.mediaconvert.model.MediaConvertException;
import software.amazon.awssdk.services.mediaconvert.model.NotFoundException;
import software.amazon.awssdk.services.mediaconvert.model.Order;
import software.amazon.awssdk.services.mediaconvert.model.OutputGroup;
import software.amazon.awssdk.services.mediaconvert.model.OutputGroupType;
import software.amazon.awssdk.services.mediaconvert.model.SearchJobsResponse;

/** Jobs of MediaConvert. Camel has no component for it. */
@Component
@Conditional(MediaConvertSwitch.class)
public class MediaConvertJobs {
    /** Names in the metadata of a job. */
    static final String JOB_ID = "jobId";

    static final String RUN = "run";

    private static final Logger LOG = LoggerFactory.getLogger(MediaConvertJobs.class);
    private static final int PAGE = 20;
    private static final int MOST_PAGES = 3;
    /** Characters of a name that is searched for. */
    private static final int LONGEST_NAME = 300;

    private static final int LONGEST_TOKEN = 64;
    private static final Duration CANCEL = Duration.ofSeconds(2);

    private final ObjectProvider<MediaConvertClient> clients;
    private final EngineErrors errors;
    private final Settings.MediaConvert engine;
    private final String inputBucket;
    private final String outputBucket;

    MediaConvertJobs(ObjectProvider<MediaConvertClient> clients, EngineErrors errors, Settings settings) {
        this.clients = clients;
        this.errors = errors;
        this.engine = settings.mediaConvert();
        this.inputBucket = settings.transcode().bucket();
        this.outputBucket = settings.transcode().outputBucket();
    }

    /**
     * @param job whose subject is the key of the film
     * @return the id of MediaConvert's job for this run; empty if there is none among the newest ones
     * @throws ConversionFailedException if a repetition would be refused as well
     */
    Optional<String> find(Job job) {
        return unlessRefused(() -> newest(job));
    }

    private Optional<String> newest(Job job) {
        String token = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            String after = token;
            SearchJobsResponse found = client().searchJobs(r -> r.inputFile(searchedName(job.subject()))
                    .order(Order.DESCENDING)
                    .maxResults(PAGE)
                    .nextToken(after));
            Optional<String> ours = found.jobs().stream()
                    .filter(one -> job.id().equals(one.userMetadata().get(JOB_ID))
                            && Integer.toString(job.run())
                                    .equals(one.userMetadata().get(RUN)))
                    .map(software.amazon.awssdk.services.mediaconvert.model.Job::id)
                    .findFirst();
            token = found.nextToken();
            if (ours.isPresent() || token == null) {
                return ours;
            }
        }
        return Optional.empty();
    }

    private static String searchedName(String inputFile) {
        String name = inputFile.substring(inputFile.lastIndexOf('/') + 1);
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /**
     * @param job whose subject is the key of the film
     * @return the id of the new job; of the same one if the request is repeated within a minute
     * @throws ConversionFailedException if a repetition would be refused as well
     */
    String create(Job job, OutputPath output, ContentKey key) {
        return unlessRefused(
                () -> client().createJob(request(job, output, key)).job().id());
    }

    private <T> T unlessRefused(Supplier<T> call) {
        try {
            return call.get();
        } catch (BadRequestException | NotFoundException e) {
            throw refused(e);
        } catch (MediaConvertException e) {
            throw isForbidden(e) ? refused(e) : e;
        }
    }

    /** IAM itself refuses with a code that the service's model lacks. */
    private static boolean isForbidden(MediaConvertException e) {
        return e instanceof ForbiddenException
                || (e.awsErrorDetails() != null
                        && String.valueOf(e.awsErrorDetails().errorCode()).startsWith("AccessDenied"));
    }

    private ConversionFailedException refused(MediaConvertException e) {
        String message =
                e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
        String reason = "MediaConvert refused the film" + (message == null ? "" : ": " + message);
        return new ConversionFailedException(e.getMessage(), errors.scrubbed(reason), null);
    }

    private CreateJobRequest request(Job job, OutputPath output, ContentKey key) {
        HlsEncryptionSettings encryption = HlsEncryptionSettings.builder()
                .encryptionMethod(HlsEncryptionType.AES128)
                .type(HlsKeyProviderType.STATIC_KEY)
                .staticKeyProvider(provider -> provider.staticKeyValue(hex(key.bytes()))
                        // as the playlists have it
                        .url(UriUtils.encodePathSegment(output.keyName(), StandardCharsets.UTF_8)))
                .build();
        HlsGroupSettings hls = HlsGroupSettings.builder()
                .destination("s3://" + outputBucket + "/" + output.base())
                // the service reads the playlists, and their links have to be names of files
                .directoryStructure(HlsDirectoryStructure.SINGLE_DIRECTORY)
                .manifestCompression(HlsManifestCompression.NONE)
                .encryption(encryption)
                .build();
        OutputGroup group = OutputGroup.builder()
                .outputGroupSettings(
                        type -> type.type(OutputGroupType.HLS_GROUP_SETTINGS).hlsGroupSettings(hls))
                .build();
        Input film = Input.builder()
                .fileInput("s3://" + inputBucket + "/" + job.subject())
                .build();
        return CreateJobRequest.builder()
                .clientRequestToken(token(job))
                .role(engine.role())
                .jobTemplate(engine.jobTemplate())
                .queue(engine.queue().isEmpty() ? null : engine.queue())
                .statusUpdateInterval(engine.statusInterval())
                .userMetadata(Map.of(JOB_ID, job.id(), RUN, Integer.toString(job.run())))
                .settings(JobSettings.builder().inputs(film).outputGroups(group).build())
                .build();
    }

    /** @return the same for each try of a run, and for nothing else */
    static String token(Job job) {
        String text = job.id() + "-" + job.run();
        return text.length() <= LONGEST_TOKEN ? text : hash(text);
    }

    private static String hash(String text) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * @return the state of MediaConvert's job; without any news if this service may not ask for it
     * @throws ConversionFailedException if it is gone
     */
    EngineReport get(Job job) {
        try {
            return report(client().getJob(r -> r.id(job.engineId())).job());
        } catch (NotFoundException | BadRequestException e) {
            throw new ConversionFailedException(e.getMessage(), "MediaConvert no longer knows the conversion", null);
        } catch (MediaConvertException e) {
            if (!isForbidden(e)) {
                throw e;
            }
            // MediaConvert goes on nevertheless, and its events may still arrive
            LOG.warn(
                    "{}: MediaConvert does not tell the state of its job {}: {}",
                    job.id(),
                    job.engineId(),
                    e.toString());
            return EngineReport.withoutNews(job);
        }
    }

    /** @return the state of a job with the id of ours in its metadata; empty if it has none, is gone, or may not be asked for */
    Optional<EngineReport> named(String engineId) {
        return known(engineId).map(MediaConvertJobs::report).filter(report -> report.jobId() != null);
    }

    /** @return of the files that a job stores in the bucket of streams; empty if there is none, it is gone, or may not be asked for */
    Optional<String> prefix(String engineId) {
        String bucket = "s3://" + outputBucket + "/";
        return known(engineId)
                .flatMap(job -> job.settings().outputGroups().stream()
                        .map(OutputGroup::outputGroupSettings)
                        .filter(type -> type != null && type.hlsGroupSettings() != null)
                        .map(type -> type.hlsGroupSettings().destination())
                        .filter(destination -> destination != null && destination.startsWith(bucket))
                        .findFirst())
                .map(destination -> destination.substring(bucket.length(), destination.lastIndexOf('/') + 1));
    }

    private Optional<software.amazon.awssdk.services.mediaconvert.model.Job> known(String engineId) {
        try {
            return Optional.of(client().getJob(r -> r.id(engineId)).job());
        } catch (NotFoundException | BadRequestException e) {
            LOG.debug("MediaConvert does not know a job {}", engineId, e);
        } catch (MediaConvertException e) {
            if (!isForbidden(e)) {
                throw e;
            }
            LOG.warn("MediaConvert does not tell the state of its job {}: {}", engineId, e.toString());
        }
        return Optional.empty();
    }

    private static EngineReport report(software.amazon.awssdk.services.mediaconvert.model.Job job) {
        String id = job.userMetadata().get(JOB_ID);
        String run = job.userMetadata().getOrDefault(RUN, "");
        return new EngineReport(
                job.id(),
                id != null && Identifier.isValid(id) ? id : null,
                run.matches("\\d{1,9}") ? Integer.parseInt(run) : 0,
                job.statusAsString(),
                job.jobPercentComplete() == null
                        ? EngineReport.NO_PROGRESS
                        : EngineProgress.ofJob(job.jobPercentComplete()),
                null,
                null,
                end(job));
    }

    private static EngineEnd end(software.amazon.awssdk.services.mediaconvert.model.Job job) {
        return switch (job.status()) {
            case COMPLETE ->
                EngineEnd.of(job.outputGroupDetails().stream()
                        .flatMap(group -> group.outputDetails().stream())
                        .map(output -> new EngineOutput(
                                number(output.durationInMs()),
                                output.videoDetails() == null
                                        ? 0
                                        : number(output.videoDetails().widthInPx()),
                                output.videoDetails() == null
                                        ? 0
                                        : number(output.videoDetails().heightInPx())))
                        .toList());
            case ERROR ->
                EngineEnd.error(job.errorCode() == null ? null : job.errorCode().toString(), job.errorMessage());
            case CANCELED -> EngineEnd.canceled();
            default -> null;
        };
    }

    private static int number(Integer value) {
        return value == null ? 0 : value;
    }

    /**
     * Cancels a job, unless it has ended, is gone, or this service may not cancel it. It takes two seconds at most, since
     * clients wait for it.
     */
    void cancel(String engineId) {
        try {
            client().cancelJob(r -> r.id(engineId).overrideConfiguration(limits -> limits.apiCallTimeout(CANCEL)));
        } catch (NotFoundException | ConflictException | BadRequestException ended) {
            LOG.debug("MediaConvert's job {} needs no cancel", engineId, ended);
        } catch (MediaConvertException e) {
            if (!isForbidden(e)) {
                throw e;
            }
            LOG.warn("MediaConvert's job {} goes on, since it may not be cancelled: {}", engineId, e.toString());
        }
    }

    private MediaConvertClient client() {
        return clients.getObject();
    }
}
