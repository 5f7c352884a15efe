package routes.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import routes.support.FlowTest;

/** A camera API that redirects or is busy gets one request, and no other host gets any. */
@FlowTest
class CameraHttpTest {
    @Autowired
    CamelContext camel;

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 429, 503})
    void oneCallIsOneRequest(int status) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            String uri = "http://127.0.0.1:" + server.getAddress().getPort();

            assertThatThrownBy(() -> template.requestBody(uri, null, String.class))
                    .cause()
                    .asInstanceOf(type(HttpOperationFailedException.class))
                    .returns(status, HttpOperationFailedException::getStatusCode);

            assertThat(requests).hasValue(1);
        } finally {
            server.stop(0);
        }
    }
}
