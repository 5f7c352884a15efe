package routes.api.http;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.swagger.v3.oas.models.OpenAPI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.RestClientRequestValidator;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.MessageHelper;
import org.springframework.stereotype.Component;
import routes.failure.InvalidField;
import routes.failure.OneLine;

/**
 * Validates every request against the contract. The response to an invalid request is a problem that names each invalid
 * field.
 * See docs/decisions/0026.
 */
@Component
class ContractValidator implements RestClientRequestValidator {
    private static final int BAD_REQUEST = 400;
    private static final int SHOWN = 60;
    private static final String KEY = "Idempotency-Key";
    /** Extension of an operation in the contract. */
    private static final String STATUS = "x-invalid-status";

    /** More digits than a body can have: a number that is too long is reported with its field. */
    private static final int LONGEST_NUMBER = 100_000;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private final Contract operations;
    private final ProblemWriter problems;
    private volatile OpenApiInteractionValidator validator;

    ContractValidator(Contract operations, ProblemWriter problems) {
        this.operations = operations;
        this.problems = problems;
    }

    @Override
    public ValidationError validate(Exchange exchange, ValidationContext context) {
        return check(exchange).map(problem -> refuse(exchange, problem)).orElse(null);
    }

    private ValidationError refuse(Exchange exchange, Problem problem) {
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return new ValidationError(problem.status(), problems.text(problem));
    }

    private Optional<Problem> check(Exchange exchange) {
        Message message = exchange.getMessage();
        String path = message.getHeader(Exchange.HTTP_PATH, String.class);
        String body = withoutMark(MessageHelper.extractBodyAsString(message));
        message.setBody(body);
        OpenAPI contract = exchange.getProperty(Exchange.REST_OPENAPI, OpenAPI.class);
        if (operations.takesAnyForm(path)) {
            return body == null || body.isBlank()
                    ? Optional.of(Problem.of(BAD_REQUEST, "the body is missing: it must be a request"))
                    : Optional.empty();
        }
        try {
            JsonNode tree = body == null || body.isEmpty() ? MissingNode.getInstance() : json.readTree(body);
            Optional<InvalidField> huge = hugeNumber(tree, new AllowedValues(contract));
            if (huge.isPresent()) {
                return huge.map(field -> Problem.of(BAD_REQUEST, field.text(), List.of(field)));
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            ValidationReport report =
                    validator(contract).validateRequest(request(exchange, message, path, body, parameters));
            return report.hasErrors()
                    ? Optional.of(new ContractViolations(
                                    new AllowedValues(contract),
                                    tree,
                                    // those of the path are headers here
                                    name -> parameters.getOrDefault(name, message.getHeader(name, String.class)))
                            .problem(status(report), report))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(Problem.of(BAD_REQUEST, "the body is not JSON: " + e.getOriginalMessage()));
        }
    }

    /** The validator itself fails on numbers that no {@code double} holds. */
    private static Optional<InvalidField> hugeNumber(JsonNode tree, AllowedValues allowed) {
        return tree.properties().stream()
                .filter(field -> field.getValue().isNumber()
                        && Double.isInfinite(field.getValue().doubleValue()))
                .map(field -> new InvalidField(
                        field.getKey(), OneLine.of(field.getValue().toString(), SHOWN), allowed.field(field.getKey())))
                .findFirst();
    }

    /** @return the status that the operation declares for invalid values, otherwise 400 */
    private static int status(ValidationReport report) {
        return report.getMessages().stream()
                .flatMap(message -> message.getContext().stream())
                .flatMap(context -> context.getApiOperation().stream())
                .map(called -> called.getOperation().getExtensions())
                .filter(Objects::nonNull)
                .map(extensions -> extensions.get(STATUS))
                .filter(Integer.class::isInstance)
                .map(Integer.class::cast)
                .findFirst()
                .orElse(BAD_REQUEST);
    }

    /** @param parameters receives the query parameters and the idempotency key, by name */
    private static SimpleRequest request(
            Exchange exchange, Message message, String path, String body, Map<String, String> parameters) {
        SimpleRequest.Builder request =
                new SimpleRequest.Builder(message.getHeader(Exchange.HTTP_METHOD, String.class), path, true);
        String contentType = ExchangeHelper.getContentType(exchange);
        if (contentType != null) {
            request.withContentType(contentType);
        }
        String key = message.getHeader(KEY, String.class);
        if (key != null) {
            request.withHeader(KEY, key);
            parameters.put(KEY, key);
        }
        if (body != null && !body.isEmpty()) {
            request.withBody(body);
        }
        String query = message.getHeader(Exchange.HTTP_QUERY, String.class);
        for (String parameter : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = parameter.split("=", 2);
            String value = parts.length == 1 ? "" : decoded(parts[1]);
            request.withQueryParam(decoded(parts[0]), value);
            parameters.put(decoded(parts[0]), value);
        }
        return request.build();
    }

    /** Removes a byte order mark, with which some clients begin UTF-8. */
    private static String withoutMark(String body) {
        return body != null && body.startsWith("\uFEFF") ? body.substring(1) : body;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private OpenApiInteractionValidator validator(OpenAPI contract) {
        if (validator == null) {
            validator = OpenApiInteractionValidator.createFor(contract)
                    .withLevelResolver(LevelResolver.create()
                            // tokens are checked by the security filters, media types by the server
                            .withLevel("validation.request.security.missing", Level.IGNORE)
                            .withLevel("validation.request.accept.notAllowed", Level.IGNORE)
                            .withLevel("validation.request.accept.invalid", Level.IGNORE)
                            .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
                            .build())
                    .build();
        }
        return validator;
    }
}
