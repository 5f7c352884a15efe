package routes.support;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SNS in this JVM, on the loopback address only: topics, SQS subscriptions and Publish in the query protocol, with
 * AWS's error codes. It has one account and region, standard topics and single-page lists, without filter policies or
 * policy checks. See docs/decisions/0032.
 */
public final class SnsServer implements AutoCloseable {
    private final LoopbackServer server;
    private final SnsTopics topics;
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * @param port 0 for any free one
     * @param sqs of subscribed queues; closed by its owner
     */
    SnsServer(int port, SqsClient sqs) throws IOException {
        topics = new SnsTopics(sqs);
        server = new LoopbackServer("local-sns", port, this::answer);
    }

    URI endpoint() {
        return server.endpoint();
    }

    /**
     * The next {@code n} Publish calls return 500 InternalFailure and publish nothing. Every attempt counts: an SDK
     * client retries a failed call up to three times.
     */
    public void failNext(int n) {
        failures.set(n);
    }

    /** Publish calls that have yet to fail. */
    public int failuresLeft() {
        return failures.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            String xml;
            try {
                Map<String, String> parameters = parameters(exchange);
                String action = parameters.getOrDefault("Action", "");
                xml = SnsXml.response(action, act(action, parameters));
            } catch (SnsFaultException e) {
                status = e.status();
                xml = SnsXml.error(e);
            } catch (RuntimeException e) {
                status = 500;
                xml = SnsXml.error(new SnsFaultException(status, "InternalError", e.toString()));
            }
            LoopbackServer.send(exchange, status, "text/xml", xml);
        }
    }

    private String act(String action, Map<String, String> parameters) {
        return switch (action) {
            case "CreateTopic" -> topics.create(parameters);
            case "ListTopics" -> topics.list();
            case "Subscribe" -> topics.subscribe(parameters);
            case "Unsubscribe" -> topics.unsubscribe(parameters);
            case "ListSubscriptionsByTopic" -> topics.listSubscriptions(parameters);
            case "Publish" -> {
                if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new SnsFaultException(500, "InternalFailure", "injected failure");
                }
                yield topics.publish(parameters);
            }
            default -> throw new SnsFaultException(400, "InvalidAction", "Not served here: " + action);
        };
    }

    private static Map<String, String> parameters(HttpExchange exchange) throws IOException {
        String form = LoopbackServer.body(exchange);
        Map<String, String> parameters = new HashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                parameters.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8), value);
            }
        }
        return parameters;
    }

    @Override
    public void close() {
        server.close();
    }
}
