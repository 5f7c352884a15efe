package routes.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A job as an item of the jobs table, and back. */
final class JobItemMapper {
    private JobItemMapper() {}

    static Job read(Map<String, AttributeValue> item) {
        return new Job(
                text(item, "jobId"),
                text(item, "type"),
                text(item, "subject"),
                text(item, "client"),
                JobStatus.valueOf(text(item, "status")),
                text(item, "request"),
                item.get("retryTimestamps").l().stream()
                        .map(v -> Long.valueOf(v.n()))
                        .toList(),
                integer(item, "attempt"),
                integer(item, "run"),
                instant(item, "asked"),
                instant(item, "sentAt"),
                instant(item, "started"),
                integer(item, "progress"),
                text(item, "step"),
                text(item, "owner"),
                instant(item, "leaseUntil"),
                instant(item, "dueAt"),
                integer(item, "sweeps"),
                text(item, "outcome"),
                text(item, "event"),
                text(item, "eventId"),
                text(item, "result"),
                text(item, "error"),
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

    static AttributeValue of(List<Long> numbers) {
        return AttributeValue.fromL(numbers.stream().map(JobItemMapper::of).toList());
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
