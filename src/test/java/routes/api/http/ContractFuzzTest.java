package routes.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolverFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.ApiClient;
import routes.support.ApiClient.Answer;
import routes.support.FlowTest;
import routes.support.LocalServices;
import routes.support.RawClient;
import routes.support.RawClient.RawAnswer;

/** Random requests get answers that the contract declares, and none of them is an error of the service. */
@FlowTest
@Tag("full")
class ContractFuzzTest {
    private static final int REQUESTS = 2000;
    private static final int MALFORMED = 500;
    private static final List<String> VALUES = List.of(
            "",
            "0",
            "1",
            "-1",
            "100",
            "101",
            "1e9",
            "1.5",
            "99999999999999999999",
            "null",
            "true",
            "a",
            "..",
            "a..b",
            "-x",
            "../../etc/passwd",
            "a b",
            "a+b",
            "a%b",
            "ü",
            "\u0000",
            "\n",
            "'",
            "\"",
            "<x>",
            "${camelId}",
            "#{1}",
            "{{x}}",
            "DONE",
            "RUNNING,WAITING",
            "DONE,NONE",
            "clip",
            "transcode",
            "2026-11-20T18:00:00Z",
            "2026-13-40T99:00:00Z",
            "1969-01-01T00:00:00+23:59",
            "1111111111111",
            "uploads/sample.mp4",
            "x".repeat(200),
            "x".repeat(2000));
    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "[]",
            "null",
            "1",
            "\"x\"",
            "{",
            "\uFEFF{}",
            "{\"a\":1,\"a\":2}",
            "[".repeat(2000),
            "\u0000",
            "nonsense",
            "{\"cameraId\":\"1111111111111\",\"startTimestampInMs\":1000,\"endTimestampInMs\":2000}",
            "{\"cameraId\":\"1111111111111\",\"startTimestampInMs\":2000,\"endTimestampInMs\":1000}");

    private final OpenApiInteractionValidator contract = OpenApiInteractionValidator.createFor("openapi.yaml")
            // problems have members of their own, and the parts of an allOf do not know each other's
            .withLevelResolver(LevelResolverFactory.withAdditionalPropertiesIgnored())
            .build();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @LocalServerPort
    int port;

    @Test
    void everyAnswerIsDeclared() throws IOException {
        ApiClient api = new ApiClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("fuzz"));
        List<Operation> operations = operations();
        for (int i = 0; i < REQUESTS; i++) {
            Operation operation = pick(operations);
            String path = operation.template();
            for (String parameter : operation.pathParameters()) {
                path = path.replace("{" + parameter + "}", encoded(nonEmpty()));
            }
            String query = query(operation.queryParameters());
            String body = operation.fields() == null ? "" : body(operation.fields());
            Answer answer = api.send(path + query, request -> {
                request.method(
                        operation.method(),
                        operation.fields() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
                if (operation.fields() != null) {
                    request.header("Content-Type", "application/json");
                }
            });

            String asked = "seed " + seed + ": " + operation.method() + " " + path + query + " " + body;
            assertThat(answer.status()).as(asked).isLessThan(500);
            assertDeclared(asked, operation, answer);
        }
    }

    private void assertDeclared(String asked, Operation operation, Answer answer) {
        var response = SimpleResponse.Builder.status(answer.status())
                .withContentType(answer.contentType())
                .withBody(answer.response().body())
                .build();
        assertThat(contract.validateResponse(operation.sample(), Method.valueOf(operation.method()), response)
                        .getMessages())
                .as("%s -> %d %s", asked, answer.status(), answer.response().body())
                .isEmpty();
    }

    @Test
    void malformedRequestsAreNoErrorsOfTheService() throws IOException {
        RawClient client = new RawClient(port, LocalServices.tokens().token("fuzz"));
        List<String> requests = List.of(
                "GET /jobs HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "POST /clips HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                "POST /clips HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
        for (int i = 0; i < MALFORMED; i++) {
            byte[] bytes = pick(requests).getBytes(StandardCharsets.ISO_8859_1);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes = changed(bytes);
            }

            RawAnswer answer = client.send(bytes);

            String asked = "seed " + seed + ": " + new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(answer.status()).as(asked).isNotEqualTo(500);
            if (answer.status() >= 400) {
                assertThat(answer.contentType()).as(asked).startsWith("application/problem+json");
            }
        }
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        byte[] changed =
                switch (random.nextInt(3)) {
                    case 0 -> Arrays.copyOf(bytes, Math.max(1, at));
                    case 1 -> bytes.clone();
                    default -> new byte[bytes.length + 1];
                };
        if (changed.length > bytes.length) {
            System.arraycopy(bytes, 0, changed, 0, at);
            System.arraycopy(bytes, at, changed, at + 1, bytes.length - at);
        }
        if (at < changed.length) {
            changed[at] = (byte) random.nextInt(256);
        }
        return changed;
    }

    /**
     * An operation of the contract.
     *
     * @param sample its path with valid parameters
     * @param fields of its body; null if it has none
     */
    private record Operation(
            String method,
            String template,
            String sample,
            List<String> pathParameters,
            List<String> queryParameters,
            List<String> fields) {}

    /** Without the stream of events, which does not end. */
    private static List<Operation> operations() throws IOException {
        List<Operation> all = new ArrayList<>();
        Map<?, ?> document = Contract.read();
        ((Map<?, ?>) document.get("paths")).forEach((template, path) -> ((Map<?, ?>) path).forEach((method, value) -> {
            if (value instanceof Map<?, ?> operation && !"getJobEvents".equals(operation.get("operationId"))) {
                List<String> inPath = new ArrayList<>();
                List<String> inQuery = new ArrayList<>();
                for (Object owner : new Object[] {path, operation}) {
                    if (((Map<?, ?>) owner).get("parameters") instanceof List<?> parameters) {
                        parameters.forEach(one -> add((Map<?, ?>) one, document, inPath, inQuery));
                    }
                }
                String sample = template.toString().replaceAll("\\{run}", "1").replaceAll("\\{[^}]+}", "a");
                all.add(new Operation(
                        method.toString().toUpperCase(Locale.ROOT),
                        template.toString(),
                        sample,
                        inPath,
                        inQuery,
                        operation.containsKey("requestBody") ? fields(operation, document) : null));
            }
        }));
        return all;
    }

    private static void add(Map<?, ?> one, Map<?, ?> document, List<String> inPath, List<String> inQuery) {
        Map<?, ?> parameter = resolved(one, document);
        if ("path".equals(parameter.get("in"))) {
            inPath.add(parameter.get("name").toString());
        } else if ("query".equals(parameter.get("in"))) {
            inQuery.add(parameter.get("name").toString());
        }
    }

    private static List<String> fields(Map<?, ?> operation, Map<?, ?> document) {
        Map<?, ?> content = (Map<?, ?>) ((Map<?, ?>) operation.get("requestBody")).get("content");
        Map<?, ?> first = (Map<?, ?>) content.values().iterator().next();
        Map<?, ?> schema = resolved((Map<?, ?>) first.get("schema"), document);
        return schema.get("properties") instanceof Map<?, ?> properties
                ? properties.keySet().stream().map(Object::toString).toList()
                : List.of("clipId", "cameraId", "startTimestampInMs", "endTimestampInMs");
    }

    private static Map<?, ?> resolved(Map<?, ?> value, Map<?, ?> document) {
        if (!(value.get("$ref") instanceof String reference)) {
            return value;
        }
        Map<?, ?> node = document;
        for (String name : reference.substring("#/".length()).split("/")) {
            node = (Map<?, ?>) node.get(name);
        }
        return node;
    }

    private String query(List<String> names) {
        StringBuilder query = new StringBuilder();
        for (String name : names) {
            if (random.nextInt(3) == 0) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(name)
                        .append('=')
                        .append(encoded(pick(VALUES)));
            }
        }
        if (random.nextInt(20) == 0) {
            query.append(query.isEmpty() ? "?" : "&").append("unknown=1");
        }
        return query.toString();
    }

    private String body(List<String> fields) {
        if (random.nextInt(3) == 0) {
            return pick(BODIES);
        }
        StringBuilder body = new StringBuilder("{");
        for (String field : fields) {
            if (random.nextInt(4) > 0) {
                body.append(body.length() > 1 ? "," : "")
                        .append('"')
                        .append(field)
                        .append("\":");
                String value = pick(VALUES);
                boolean isBare = value.matches("-?\\d+(\\.\\d+)?|1e9|null|true") && random.nextBoolean();
                body.append(isBare ? value : TextNode.valueOf(value).toString());
            }
        }
        return body.append('}').toString();
    }

    private String nonEmpty() {
        String value = pick(VALUES);
        return value.isEmpty() ? "x" : value;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
