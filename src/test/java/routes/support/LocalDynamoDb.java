package routes.support;

import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in this JVM, in memory, on the loopback address only. Its own server class listens on every interface
 * and sends telemetry. Therefore its handler runs in a separate Jetty server.
 */
final class LocalDynamoDb {
    private static final int THREADS = 16;
    private static final int IDLE_MILLIS = 60_000;

    private final ThreadGroup threads = new ThreadGroup("local-dynamodb");
    private final LocalDynamoDBServerHandler handler = newHandler();
    private final Server server = new Server(new QueuedThreadPool(THREADS, 1, IDLE_MILLIS, null, threads));
    private final ServerConnector connector = new ServerConnector(server);

    /** @param port 0 for a free one */
    LocalDynamoDb(int port) throws Exception {
        connector.setHost(LocalCloud.LOOPBACK);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new ContextHandler(handler, "/"));
        try {
            server.start();
        } catch (Exception e) {
            stop();
            throw e;
        }
    }

    private static LocalDynamoDBServerHandler newHandler() {
        boolean inMemory = true;
        boolean sharedByAllRegions = true;
        boolean delayTransientStatuses = false;
        var requests = new LocalDynamoDBRequestHandler(0, inMemory, null, sharedByAllRegions, delayTransientStatuses);
        return new LocalDynamoDBServerHandler(requests, null);
    }

    URI endpoint() {
        return LocalCloud.address(connector.getLocalPort());
    }

    void stop() throws Exception {
        try {
            server.stop();
        } finally {
            handler.close();
            // its table jobs run on request threads, sleep for seconds and would keep the JVM from ending
            threads.interrupt();
        }
    }
}
