package routes.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The ports of the local run, checked before anything is started. */
final class LocalPorts {
    static final int CAMERA_API = 9328;

    private LocalPorts() {}

    /**
     * @param server of the REST API; 0 for a free one, also for {@code management}
     * @param management of health, metrics and Hawtio
     * @throws IllegalStateException if ports are in use; it names each with its purpose
     */
    static void requireFree(int server, int management) {
        LocalCloud.Ports cloud = LocalCloud.Ports.fixed();
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("the local SQS", cloud.sqs());
        ports.put("the local S3", cloud.s3());
        ports.put("the local DynamoDB", cloud.dynamodb());
        ports.put("the local SNS", cloud.sns());
        ports.put("the local Kinesis Video", cloud.kinesisVideo());
        ports.put("the local MediaConvert", cloud.mediaConvert());
        ports.put("the camera API", CAMERA_API);
        ports.put("the REST API, set by SERVER_PORT", server);
        ports.put("health and metrics, set by MANAGEMENT_PORT", management);
        String taken = ports.entrySet().stream()
                .filter(port -> !isFree(port.getValue()))
                .map(port -> port.getValue() + " (" + port.getKey() + ")")
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            throw new IllegalStateException("ports in use: " + taken);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
