package routes.api.http;

import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.atlassian.oai.validator.report.ValidationReport.MessageContext;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import routes.failure.InvalidField;

/** Converts a validation report to a problem with one entry per field. */
final class ContractViolations {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final int LONGEST = 100;

    private final AllowedValues allowed;
    private final JsonNode body;
    private final UnaryOperator<String> parameters;

    /**
     * @param body of the request
     * @param parameters returns the value of a parameter or header by name; null if none
     */
    ContractViolations(AllowedValues allowed, JsonNode body, UnaryOperator<String> parameters) {
        this.allowed = allowed;
        this.body = body;
        this.parameters = parameters;
    }

    /** @return a problem that names each invalid field once */
    Problem problem(int status, ValidationReport report) {
        List<InvalidField> fields = new ArrayList<>();
        errors(report).flatMap(this::fields).forEach(field -> {
            if (fields.stream().noneMatch(known -> known.name().equals(field.name()))) {
                fields.add(field);
            }
        });
        if (fields.isEmpty()) {
            String detail = errors(report).map(Message::getMessage).findFirst().orElse("the request is not valid");
            return Problem.of(status, shown(detail));
        }
        return Problem.of(status, fields.get(0).text(), fields);
    }

    private static Stream<Message> errors(ValidationReport report) {
        return report.getMessages().stream().filter(message -> message.getLevel() == Level.ERROR);
    }

    private Stream<InvalidField> fields(Message message) {
        String rule = message.getKey().substring(message.getKey().lastIndexOf('.') + 1);
        Optional<Parameter> parameter = message.getContext().flatMap(MessageContext::getParameter);
        if (parameter.isPresent()) {
            return Stream.of(ofParameter(parameter.get(), rule));
        }
        String pointer = message.getContext()
                .flatMap(MessageContext::getPointers)
                .map(MessageContext.Pointers::getInstance)
                .map(instance -> instance.equals("/") ? "" : instance)
                .orElse("");
        return switch (rule) {
            case "required" ->
                quoted(message).map(name -> new InvalidField(name(pointer, name), null, allowed.field(name)));
            case "additionalProperties" ->
                quoted(message)
                        .map(name -> new InvalidField(
                                name(pointer, name), value(pointer + "/" + name), "left out: there is no such field"));
            default ->
                pointer.isEmpty()
                        ? ofBody(rule)
                        : Stream.of(new InvalidField(
                                name(pointer, ""), value(pointer), allowed.field(pointer.split("/")[1])));
        };
    }

    private Stream<InvalidField> ofBody(String rule) {
        boolean isMissing = rule.equals("missing");
        return isMissing || rule.equals("type")
                ? Stream.of(new InvalidField("body", isMissing ? null : shown(body.toString()), "a JSON object"))
                : Stream.empty();
    }

    private InvalidField ofParameter(Parameter parameter, String rule) {
        String value = parameters.apply(parameter.getName());
        String form = rule.equals("unexpected")
                ? "left out: there is no such parameter"
                : rule.equals("invalid") ? "given once" : allowed.by(parameter.getSchema());
        return new InvalidField(parameter.getName(), value == null ? null : shown(value), form);
    }

    private static Stream<String> quoted(Message message) {
        return QUOTED.matcher(message.getMessage()).results().map(found -> found.group(1));
    }

    private static String name(String pointer, String field) {
        return (pointer + "/" + field).replaceAll("^/+|/+$", "");
    }

    private String value(String pointer) {
        return shown(body.at(pointer).toString());
    }

    private static String shown(String text) {
        String head = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return head.replaceAll("\\p{Cntrl}+", " ");
    }
}
