package routes.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps a job to an item of the jobs table and back. */
final class JobItemMapper {
    private static final String RETRIES = "retryTimestamps";
    private static final String MESSAGE = "message";
    private static final JsonMapper JSON = new JsonMapper();

    private JobItemMapper() {}

    static Job read(Map<String, AttributeValue> item) {
        return new Job(
                text(item, "jobId"),
                text(item, "type"),
                text(item, "subject"),
                text(item, "client"),
                text(item, "title"),
                JobStatus.valueOf(text(item, "status")),
                text(item, "request"),
                message(item),
                integer(item, "attempt"),
                integer(item, "run"),
                instant(item, "asked"),
                instant(item, "sentAt"),
                instant(item, "started"),
                integer(item, "progress"),
                text(item, "step"),
                steps(item),
                text(item, "owner"),
                instant(item, "leaseUntil"),
                instant(item, "dueAt"),
                integer(item, "sweeps"),
                text(item, "outcome"),
                item.containsKey("succeeded") && item.get("succeeded").bool(),
                text(item, "event"),
                text(item, "eventId"),
                publications(item),
                text(item, "result"),
                text(item, "error"),
                text(item, "engineId"),
                text(item, "details"),
                instant(item, "ended"),
                seconds(item, "ExpirationTime"));
    }

    static AttributeValue of(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue of(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    static AttributeValue of(Instant instant) {
        return of(instant.toEpochMilli());
    }

    /**
     * @param message a JSON object
     * @return its attributes: retry timestamps have one of their own, which earlier versions require of every job; the
     *     other one is null if the message holds nothing else
     */
    static Map<String, AttributeValue> messageAttributes(String message) {
        ObjectNode rest = object(message);
        List<AttributeValue> numbers = new ArrayList<>();
        if (isNumbers(rest.path(RETRIES))) {
            rest.remove(RETRIES).forEach(number -> numbers.add(of(number.longValue())));
        }
        Map<String, AttributeValue> attributes = new HashMap<>();
        attributes.put(RETRIES, AttributeValue.fromL(numbers));
        attributes.put(MESSAGE, rest.isEmpty() ? null : of(rest.toString()));
        return attributes;
    }

    private static boolean isNumbers(JsonNode list) {
        return list.isArray()
                && StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::canConvertToExactIntegral);
    }

    private static String message(Map<String, AttributeValue> item) {
        ObjectNode message = item.containsKey(MESSAGE) ? object(text(item, MESSAGE)) : JSON.createObjectNode();
        if (item.containsKey(RETRIES) && !item.get(RETRIES).l().isEmpty()) {
            ArrayNode numbers = message.putArray(RETRIES);
            item.get(RETRIES).l().forEach(number -> numbers.add(Long.parseLong(number.n())));
        }
        return message.toString();
    }

    private static ObjectNode object(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the JSON of a job type: " + text, e);
        }
    }

    /**
     * @param eventId of the published document; marks of another document are ignored
     * @return a list of maps
     */
    static AttributeValue of(List<Publication> publications, String eventId) {
        return AttributeValue.fromL(publications.stream()
                .map(one -> {
                    Map<String, AttributeValue> map = new HashMap<>();
                    map.put("sink", of(one.sink()));
                    map.put("eventId", of(eventId));
                    map.put("status", of(one.status().stored()));
                    map.put("tries", of(one.tries()));
                    map.put("doubtful", AttributeValue.fromBool(one.isDoubtful()));
                    if (one.lastError() != null) {
                        map.put("lastError", of(one.lastError()));
                    }
                    return AttributeValue.fromM(map);
                })
                .toList());
    }

    /** A version without sinks may have run the job again and left the marks of the run before. */
    private static List<Publication> publications(Map<String, AttributeValue> item) {
        AttributeValue all = item.get("publications");
        String eventId = text(item, "eventId");
        return all == null
                ? List.of()
                : all.l().stream()
                        .map(AttributeValue::m)
                        .filter(one -> !one.containsKey("eventId")
                                || text(one, "eventId").equals(eventId))
                        .map(one -> new Publication(
                                text(one, "sink"),
                                Publication.Status.ofStored(text(one, "status")),
                                integer(one, "tries"),
                                text(one, "lastError"),
                                one.containsKey("doubtful")
                                        && one.get("doubtful").bool()))
                        .toList();
    }

    /**
     * @param run of the job; steps of another run are ignored
     * @return a list of maps; null if there are none
     */
    static AttributeValue of(List<JobStep> steps, int run) {
        return steps.isEmpty()
                ? null
                : AttributeValue.fromL(steps.stream()
                        .map(step -> AttributeValue.fromM(map(step, run)))
                        .toList());
    }

    private static Map<String, AttributeValue> map(JobStep step, int run) {
        Map<String, AttributeValue> map = new HashMap<>();
        map.put("run", of(run));
        map.put("name", of(step.name()));
        map.put("started", of(step.startedAt()));
        map.put("tries", of(step.tries()));
        if (step.endedAt() != null) {
            map.put("ended", of(step.endedAt()));
        }
        if (step.failed()) {
            map.put("failed", AttributeValue.fromBool(true));
        }
        if (step.lastError() != null) {
            map.put("lastError", of(step.lastError()));
        }
        return map;
    }

    /** A version without steps may have run the job again and left the steps of the run before. */
    private static List<JobStep> steps(Map<String, AttributeValue> item) {
        AttributeValue all = item.get("steps");
        return all == null
                ? List.of()
                : all.l().stream()
                        .map(AttributeValue::m)
                        .filter(one -> integer(one, "run") == integer(item, "run"))
                        .map(one -> new JobStep(
                                text(one, "name"),
                                instant(one, "started"),
                                instant(one, "ended"),
                                integer(one, "tries"),
                                one.containsKey("failed"),
                                text(one, "lastError")))
                        .toList();
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : value.s();
    }

    private static int integer(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? 0 : Integer.parseInt(value.n());
    }

    private static Instant seconds(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : Instant.ofEpochSecond(Long.parseLong(value.n()));
    }

    private static Instant instant(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : Instant.ofEpochMilli(Long.parseLong(value.n()));
    }
}
