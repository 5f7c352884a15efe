package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.jobs.JobStatus.QUEUED;
import static routes.jobs.JobStatus.RUNNING;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import routes.greeting.GreetingJobType;
import routes.settings.Settings;
import routes.support.LocalCloud;
import routes.support.TableTraffic;
import routes.support.TestSettings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The cost of lists of open jobs, and their order, on a table of their own. */
class JobListsTest {
    private static final int BATCH = 25;
    private static final int ENDED = 2_000;

    private final LocalCloud cloud = LocalCloud.shared();
    private final String table = cloud.newResources(
                    "-lists-" + UUID.randomUUID().toString().substring(0, 8))
            .jobsTable();
    private final Settings settings = TestSettings.with(Map.of("JOBS_TABLE", table));
    private final TableTraffic traffic = new TableTraffic();
    private final DynamoDbClient client = traffic.around(cloud.dynamoDb());
    private final JobTypeRegistry types =
            new JobTypeRegistry(List.of(new GreetingJobType(null), new GreetingJobType(null) {
                @Override
                public String name() {
                    return "parting";
                }
            }));
    private final JobLists lists = new JobLists(
            client, Clock.systemUTC(), new OpenJobIndex(client, Clock.systemUTC(), types, settings), settings);
    private final Instant base = Instant.now().minusSeconds(60);

    @Test
    void aListOfOpenJobsCostsAsMuchAsThereAreOpenJobs() {
        List<Map<String, AttributeValue>> ended = IntStream.range(0, ENDED)
                .mapToObj(i -> item("ended-" + i, "greeting", "DONE", base.plusMillis(i)))
                .toList();
        ended.forEach(item -> item.remove("open"));
        put(ended);
        put(List.of(
                item("queued", "greeting", "QUEUED", base),
                item("running", "parting", "RUNNING", base.plusSeconds(1)),
                item("waiting", "greeting", "WAITING", base.plusSeconds(2))));

        JobPage page = lists.page(filter(null, QUEUED, RUNNING), 100, null);

        assertThat(ids(page)).containsExactly("running", "queued");
        assertThat(page.next()).isNull();
        assertThat(traffic.requests())
                .as("a query of each type, and a read of the items")
                .isEqualTo(3);
        assertThat(traffic.itemsRead()).isEqualTo(3);
    }

    @Test
    void pagesOfOpenJobsMergeTheTypesAndNeitherSkipNorRepeat() {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            items.add(item("job-" + i, i % 3 == 0 ? "parting" : "greeting", "QUEUED", base.plusMillis(i / 7)));
        }
        put(items);

        List<Job> all = new ArrayList<>();
        PageToken next = null;
        do {
            JobPage page = lists.page(filter(null, QUEUED), 7, next);
            all.addAll(page.jobs());
            next = page.next() == null
                    ? null
                    : PageToken.parse(page.next().text()).orElseThrow();
            assertThat(page.jobs()).hasSizeBetween(1, 7);
        } while (next != null);

        assertThat(all).hasSize(60);
        assertThat(all.stream().map(Job::id)).doesNotHaveDuplicates();
        assertThat(all.stream().map(Job::createdAt)).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void openJobsOfASubjectAreNotReadFromItsHistory() {
        List<Map<String, AttributeValue>> ended = IntStream.range(0, ENDED)
                .mapToObj(i -> item("old-" + i, "greeting", "FAILED", base.plusMillis(i)))
                .toList();
        ended.forEach(item -> item.remove("open"));
        put(ended);
        Map<String, AttributeValue> other = item("other", "greeting", "QUEUED", base);
        other.put("subject", AttributeValue.fromS("somebody"));
        put(List.of(item("mine", "greeting", "QUEUED", base), other));

        assertThat(ids(lists.page(filter("world", QUEUED), 100, null))).containsExactly("mine");
        assertThat(traffic.itemsRead()).isEqualTo(2);
    }

    @Test
    void jobsOfATypeAreFoundBehindManyOfOthersAndNoneIsSkippedOrRepeated() {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            items.add(item("job-" + i, i % 120 == 5 ? "parting" : "greeting", "DONE", base.plusMillis(i / 3)));
        }
        put(items);
        for (String subject : new String[] {null, "world"}) {
            JobFilter partings = new JobFilter("parting", subject, Set.of(), null, null);

            JobPage first = lists.page(partings, 4, null);
            JobPage second = lists.page(partings, 4, first.next());

            assertThat(ids(first)).containsExactly("job-605", "job-485", "job-365", "job-245");
            assertThat(ids(second)).containsExactly("job-125", "job-5");
        }
    }

    private static JobFilter filter(String subject, JobStatus... statuses) {
        return new JobFilter(null, subject, Set.of(statuses), null, null);
    }

    private static List<String> ids(JobPage page) {
        return page.jobs().stream().map(Job::id).toList();
    }

    private static Map<String, AttributeValue> item(String id, String type, String status, Instant asked) {
        return new HashMap<>(Map.of(
                "jobId", AttributeValue.fromS(id),
                "type", AttributeValue.fromS(type),
                "open", AttributeValue.fromS(type),
                "subject", AttributeValue.fromS("world"),
                "status", AttributeValue.fromS(status),
                "request", AttributeValue.fromS("{}"),
                "asked", JobItemMapper.of(asked),
                "dueAt", JobItemMapper.of(asked),
                "day", AttributeValue.fromS(JobTable.day(asked))));
    }

    private void put(List<Map<String, AttributeValue>> items) {
        for (int from = 0; from < items.size(); from += BATCH) {
            List<WriteRequest> batch = items.subList(from, Math.min(items.size(), from + BATCH)).stream()
                    .map(item -> WriteRequest.builder()
                            .putRequest(put -> put.item(item))
                            .build())
                    .toList();
            cloud.dynamoDb().batchWriteItem(r -> r.requestItems(Map.of(table, batch)));
        }
    }
}
