package routes.jobs;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.InvalidField;
import routes.failure.JobNotFoundException;
import routes.failure.OneLine;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Read access to jobs. Jobs whose retention is over are not found. */
@Component("jobQueries")
public class JobQueries {
    private static final int SHOWN = 100;

    private final JobLists lists;
    private final JobTypeRegistry types;
    private final Clock clock;

    JobQueries(JobLists lists, JobTypeRegistry types, Clock clock) {
        this.lists = lists;
        this.types = types;
        this.clock = clock;
    }

    /** @return the item's key for {@code aws2-ddb} */
    public Map<String, AttributeValue> key(@Header("jobId") String jobId) {
        return JobTable.key(jobId);
    }

    /**
     * @param item as {@code aws2-ddb} returns it
     * @return the job, even if its retention is over; null if there is none
     */
    public Job read(@Header("CamelAwsDdbAttributes") Map<String, AttributeValue> item) {
        return item == null || item.isEmpty() ? null : JobItemMapper.read(item);
    }

    /** @throws JobNotFoundException if there is none, or its retention is over */
    public void ensureFound(@Variable("job") Job job, @Header("jobId") String jobId) {
        if (job == null || job.isExpired(clock.instant())) {
            throw new JobNotFoundException(jobId);
        }
    }

    /**
     * @param headers may contain a subject, as {@code subject} or under the name that a job type gives it
     * @param type null for all
     * @param status one or several, separated by commas; null for all
     * @param from earliest creation time, inclusive, in RFC 3339 format; null for all
     * @param to latest creation time, exclusive; null for all
     * @param next token from the previous page; null for the first page
     */
    public JobPage list(
            @Headers Map<String, Object> headers,
            @Header("type") String type,
            @Header("status") String status,
            @Header("from") String from,
            @Header("to") String to,
            @Header("limit") int limit,
            @Header("next") String next) {
        PageToken after = null;
        if (next != null) {
            after = PageToken.parse(next)
                    .orElseThrow(() -> ClientErrorException.badRequest(
                            new InvalidField("next", next, "as the page before gave it, or left out")));
        }
        JobFilter filter =
                new JobFilter(type, subject(headers), statuses(status), instant("from", from), instant("to", to));
        if (filter.from() != null && filter.to() != null && !filter.to().isAfter(filter.from())) {
            throw ClientErrorException.unprocessable(new InvalidField("to", to, "after from, " + from));
        }
        return lists.page(filter, limit, after);
    }

    /** A parameter that is given twice passes the contract's validation. */
    private static Set<JobStatus> statuses(String status) {
        try {
            return status == null
                    ? Set.of()
                    : Stream.of(status.split(",", -1)).map(JobStatus::valueOf).collect(Collectors.toUnmodifiableSet());
        } catch (IllegalArgumentException e) {
            throw ClientErrorException.badRequest(new InvalidField(
                    "status",
                    OneLine.of(status, SHOWN),
                    "given once, with one or several of " + List.of(JobStatus.values()) + " between commas"));
        }
    }

    private static Instant instant(String name, String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw ClientErrorException.badRequest(
                    new InvalidField(name, text, "an instant such as 2026-11-20T18:00:00Z"));
        }
    }

    /** @throws ClientErrorException if two parameters name different subjects */
    private String subject(Map<String, Object> headers) {
        List<String> names = Stream.concat(
                        Stream.of("subject"), types.all().stream().map(JobType::subjectName))
                .distinct()
                .filter(name -> headers.get(name) != null)
                .toList();
        if (names.isEmpty()) {
            return null;
        }
        String first = headers.get(names.get(0)).toString();
        for (String name : names) {
            String value = headers.get(name).toString();
            if (!value.equals(first)) {
                throw ClientErrorException.badRequest(
                        new InvalidField(name, OneLine.of(value, SHOWN), "left out beside " + names.get(0)));
            }
        }
        return first;
    }
}
