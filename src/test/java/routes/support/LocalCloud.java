package routes.support;

import static java.util.Map.entry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The AWS services of the service, in this JVM and on the loopback address only: SQS, S3, DynamoDB, SNS, Kinesis Video
 * and MediaConvert, with the {@link LocalResources}. Objects are stored in {@code target/localcloud-<pid>/}, everything
 * else in memory. {@link #close()} deletes all of it.
 */
public final class LocalCloud implements AutoCloseable {
    public static final String REGION = "eu-west-1";
    public static final String ACCOUNT = "000000000000";
    public static final String ACCESS_KEY = "localaccess";
    /** Credentials with this key and {@link #SECRET_KEY} may not store objects. */
    public static final String READ_ONLY_ACCESS_KEY = "localreader";

    public static final String SECRET_KEY = "local-secret-key";
    static final String LOOPBACK = "127.0.0.1";

    /** The port of each server; 0 for a free one. */
    public record Ports(int sqs, int s3, int dynamodb, int sns, int kinesisVideo, int mediaConvert) {
        /** The documented ports of the local run. */
        public static Ports fixed() {
            return new Ports(9324, 9325, 9326, 9327, 9329, 9330);
        }

        public static Ports free() {
            return new Ports(0, 0, 0, 0, 0, 0);
        }

        private Map<String, Integer> byService() {
            return Map.ofEntries(
                    entry("SQS", sqs),
                    entry("S3", s3),
                    entry("DynamoDB", dynamodb),
                    entry("SNS", sns),
                    entry("Kinesis Video", kinesisVideo),
                    entry("MediaConvert", mediaConvert));
        }
    }

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private LocalEnvironment environment;
    private CloudClients clients;
    private S3Presigner presigner;
    private SnsServer snsServer;
    private KinesisVideoServer kinesisVideo;
    /** Null for another AWS. */
    private MediaConvertServer mediaConvert;

    private S3Faults s3Faults;
    private S3Traffic s3Traffic;
    private S3Locks s3Locks;
    /** Null for another AWS, which has its own. */
    private S3Notifications s3Notifications;

    private LocalResources resources;

    private LocalCloud() {}

    /**
     * Starts the servers and creates the resources. On failure nothing is left running.
     *
     * @throws IllegalStateException if a port is in use, naming it, or a server does not start; nothing stays running
     */
    public static LocalCloud start(Ports ports) {
        ports.byService().forEach(LocalCloud::requireFree);
        LocalCloud cloud = new LocalCloud();
        try {
            cloud.startServers(ports);
            cloud.resources = cloud.newResources("");
            return cloud;
        } catch (Exception e) {
            cloud.close();
            throw new IllegalStateException("The local AWS did not start: " + e.getMessage(), e);
        }
    }

    /** Another AWS with its own set of resources, which are not deleted afterwards. */
    static LocalCloud at(LocalEnvironment environment) {
        environment.sdkProperties().forEach(System::setProperty);
        LocalCloud cloud = new LocalCloud();
        cloud.environment = environment;
        cloud.clients = cloud.started(CloudClients.fromEnvironment());
        cloud.presigner = cloud.started(S3Presigner.create());
        cloud.resources = cloud.newResources("-" + Instant.now().toEpochMilli());
        return cloud;
    }

    /**
     * One for all tests of this JVM: the embedded one on free ports, or another AWS if the profile selects it. It is
     * not closed but ends with the JVM, since applications that use it stop at the same time and would wait for it.
     */
    public static LocalCloud shared() {
        return Shared.CLOUD;
    }

    private void startServers(Ports ports) throws Exception {
        LocalSqs sqs = started(new LocalSqs(ports.sqs()));
        LocalS3 s3 = new LocalS3(ports.s3(), LocalS3.freshFolder(Path.of("target")));
        started.push(s3::stop);
        s3Faults = s3.faults();
        s3Traffic = s3.traffic();
        s3Locks = s3.locks();
        s3Notifications = s3.notifications();
        LocalDynamoDb dynamoDb = new LocalDynamoDb(ports.dynamodb());
        started.push(dynamoDb::stop);
        SqsClient forSns = started(CloudClients.sqs(sqs.endpoint()));
        snsServer = started(new SnsServer(ports.sns(), forSns));
        kinesisVideo = started(new KinesisVideoServer(ports.kinesisVideo()));
        clients = started(CloudClients.local(sqs.endpoint(), s3.endpoint(), dynamoDb.endpoint(), snsServer.endpoint()));
        mediaConvert = started(new MediaConvertServer(ports.mediaConvert(), clients, Clock.systemUTC()));
        environment = LocalEnvironment.embedded(Map.of(
                "MEDIACONVERT", mediaConvert.endpoint(),
                "KINESIS_VIDEO", kinesisVideo.endpoint(),
                "SQS", sqs.endpoint(),
                "S3", s3.endpoint(),
                "DYNAMODB", dynamoDb.endpoint(),
                "SNS", snsServer.endpoint()));
        presigner = started(S3Presigner.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(CloudClients.localCredentials())
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build());
    }

    private <T extends AutoCloseable> T started(T server) {
        started.push(server);
        return server;
    }

    public SqsClient sqs() {
        return clients.sqs();
    }

    public S3Client s3() {
        return clients.s3();
    }

    public DynamoDbClient dynamoDb() {
        return clients.dynamoDb();
    }

    public SnsClient sns() {
        return clients.sns();
    }

    public CloudClients clients() {
        return clients;
    }

    public S3Presigner presigner() {
        return presigner;
    }

    /** The SNS server, for fault injection. */
    public SnsServer snsServer() {
        return snsServer;
    }

    /** The Kinesis Video server: its streams, and fault injection. */
    public KinesisVideoServer kinesisVideo() {
        return kinesisVideo;
    }

    /** The MediaConvert server: its jobs and events, and fault injection. */
    public MediaConvertServer mediaConvert() {
        return mediaConvert;
    }

    /** From now on about this share of all requests to S3, 0 to 1, gets 503 and has no effect. */
    public void failS3(double share, Random random) {
        s3Faults.share(share, random);
    }

    /** From now on S3 removes no objects whose keys begin like this; null lets it remove all. */
    public void lockInS3(String prefix) {
        s3Locks.lock(prefix);
    }

    /** How often an object was stored so far. */
    public int writesToS3(String key) {
        return s3Traffic.writes(key);
    }

    /** Bytes of objects sent by S3 so far. */
    public long bytesFromS3() {
        return s3Traffic.bytes();
    }

    /** Bytes returned by each GET of an object so far, in order. */
    public List<Long> readsFromS3(String key) {
        return s3Traffic.reads(key);
    }

    /** The resources with plain names, used in {@link #environment()}. */
    public LocalResources resources() {
        return resources;
    }

    /** A second, separate set of resources; see {@link LocalResources#create}. */
    public LocalResources newResources(String suffix) {
        LocalResources created = LocalResources.create(clients, suffix);
        if (s3Notifications == null) {
            created.notifyOfUploads(clients);
        } else {
            s3Notifications.listen(created.uploadBucket(), event -> clients.sqs()
                    .sendMessage(r -> r.queueUrl(created.transcodeQueueUrl()).messageBody(event)));
            mediaConvert.events().addRule(created.uploadBucket(), created.transcodeEventsUrl());
        }
        return created;
    }

    /** The service's environment variables for this cloud. */
    public Map<String, String> environment() {
        return environment(resources);
    }

    /** The service's configuration for other resources of this cloud. */
    public Map<String, String> environment(LocalResources used) {
        return environment.variables(used);
    }

    /**
     * Sets {@link #environment()} as system properties of this JVM. The service's settings have the same names. The
     * SDK's settings have its own names, so that a plain {@code SqsClient.create()} uses this cloud.
     */
    public void exportToSystemProperties() {
        environment.properties(resources).forEach(System::setProperty);
    }

    /** Stops everything in reverse order of start; one that fails to stop does not keep the others running. */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                System.getLogger(LocalCloud.class.getName()).log(System.Logger.Level.WARNING, "while stopping", e);
            }
        }
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static URI address(int port) {
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    private static void requireFree(String service, int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assert probe.isBound();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Port %d, for the local %s, is taken: is it running already?".formatted(port, service), e);
        }
    }

    private static final class Shared {
        private static final LocalCloud CLOUD = open();

        private static LocalCloud open() {
            return OtherAws.isWanted() ? at(OtherAws.environment()) : start(Ports.free());
        }
    }
}
