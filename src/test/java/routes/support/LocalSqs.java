package routes.support;

import java.net.URI;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** SQS in this JVM (ElasticMQ), on the loopback address only. */
final class LocalSqs implements AutoCloseable {
    private final SQSRestServer server;

    static {
        // otherwise its server ends with the first signal to the JVM, while polls are still running
        System.setProperty("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off");
    }

    private final URI endpoint;

    /** @param port 0 for a free one */
    LocalSqs(int port) {
        var builder = SQSRestServerBuilder.withInterface(LocalCloud.LOOPBACK)
                .withAWSRegion(LocalCloud.REGION)
                .withAWSAccountId(LocalCloud.ACCOUNT);
        server = (port == 0 ? builder.withDynamicPort() : builder.withPort(port)).start();
        endpoint = LocalCloud.address(server.waitUntilStarted().localAddress().getPort());
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        server.stopAndWait();
    }
}
