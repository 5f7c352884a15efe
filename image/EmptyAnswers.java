import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * An AWS in which everything exists and nothing happens: it answers every request with an empty success. It says its
 * port first, and then each time somebody asks a queue for a message.
 */
public final class EmptyAnswers {
    private EmptyAnswers() {}

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            if (target != null && target.endsWith(".ReceiveMessage")) {
                System.out.println("polled at " + System.currentTimeMillis());
            }
            exchange.getRequestBody().readAllBytes();
            boolean table = target != null && target.endsWith(".DescribeTable");
            byte[] body = (table ? "{\"Table\":{\"TableStatus\":\"ACTIVE\"}}" : "{}").getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        System.out.println("port " + server.getAddress().getPort());
    }
}
