package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The steps of a job through failures, waits and restarts. */
class StepLogTest {
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
    private static final List<String> ORDER = List.of("opened", "listed", "fetched", "cut", "published");

    private final StepLog log = new StepLog(StepLog.ofNew(START), ORDER);
    private int seconds;

    @Test
    void theNextStepRunsWhenOneHasEnded() {
        assertThat(words(log)).isEqualTo("opened 0-");
        reached(log, "opened");
        reached(log, "listed");

        assertThat(words(log)).isEqualTo("opened 0-1, listed 1-2, fetched 2-");
    }

    @Test
    void noStepRunsAfterTheLast() {
        ORDER.forEach(name -> reached(log, name));

        assertThat(words(log)).isEqualTo("opened 0-1, listed 1-2, fetched 2-3, cut 3-4, published 4-5");
    }

    @Test
    void aStepThatWasNotExpectedTakesThePlaceOfTheExpectedOne() {
        reached(log, "opened");
        reached(log, "watermarked");
        assertThat(words(log))
                .as("the expected one is still to come")
                .isEqualTo("opened 0-1, watermarked 1-2, listed 2-");
        reached(log, "published");

        assertThat(words(log)).isEqualTo("opened 0-1, watermarked 1-2, published 2-3");
    }

    @Test
    void aStepThatRunsAgainWithoutAFailureIsNotTriedAgain() {
        reached(log, "opened");
        reached(log, "fetched");
        assertThat(words(log)).isEqualTo("opened 0-1, fetched 1-2, cut 2-");
        reached(log, "fetched");

        assertThat(words(log)).isEqualTo("opened 0-1, fetched 2-3, cut 3-");
    }

    @Test
    void aTypeThatDoesNotNameItsStepsHasARunningOne() {
        StepLog unnamed = new StepLog(StepLog.ofNew(START), List.of());
        reached(unnamed, "opened");
        assertThat(words(unnamed)).isEqualTo("opened 0-1, in progress 1-");
        reached(unnamed, "greeted");
        unnamed.end();

        assertThat(words(unnamed)).isEqualTo("opened 0-1, greeted 1-2");
    }

    @Test
    void afterAFailureTheStepIsTriedAgainAndKeepsItsLastError() {
        reached(log, "opened");
        reached(log, "listed");
        log.fail("no answer", now());
        assertThat(words(log)).isEqualTo("opened 0-1, listed 1-2, fetched 2-3 failed (no answer)");

        StepLog next = new StepLog(StepLog.taken(log.steps(), false, now()), ORDER);
        assertThat(words(next)).isEqualTo("opened 4-, listed 1-2, fetched 2-3 failed (no answer)");
        reached(next, "opened");
        reached(next, "listed");
        assertThat(words(next)).isEqualTo("opened 4-5, listed 5-6, fetched 6- x2 (no answer)");
        reached(next, "fetched");

        assertThat(words(next)).isEqualTo("opened 4-5, listed 5-6, fetched 6-7 x2 (no answer), cut 7-");
    }

    @Test
    void aStepThatAnotherProcessLeftRunningHasFailed() {
        reached(log, "opened");

        assertThat(words(StepLog.taken(log.steps(), false, now())))
                .isEqualTo("opened 2-, listed 1-2 failed (the process that worked on it stopped)");
        assertThat(words(StepLog.taken(StepLog.ofNew(START), false, now())))
                .as("a job that no process has worked on")
                .isEqualTo("opened 0-");
        assertThat(words(StepLog.taken(List.of(), false, now())))
                .as("a job of an earlier version")
                .isEqualTo("opened 4-");
    }

    @Test
    void aDecidedJobIsNotOpenedAgain() {
        reached(log, "opened");
        log.fail("no picture", now());
        StepLog next = new StepLog(StepLog.taken(log.steps(), true, now()), ORDER);
        reached(next, "cut");

        assertThat(words(next)).isEqualTo("opened 0-1, listed 1-2 failed (no picture), cut 4-4, published 4-");
    }

    @Test
    void aWaitIsAStepThatEndsWhenTheJobIsTakenAgain() {
        reached(log, "opened");
        reached(log, "listed");
        log.await(now());
        assertThat(words(log)).isEqualTo("opened 0-1, listed 1-2, waiting 3-");
        StepLog next = new StepLog(StepLog.taken(log.steps(), false, now()), ORDER);
        reached(next, "opened");
        reached(next, "listed");

        assertThat(words(next)).isEqualTo("opened 4-5, listed 5-6, waiting 3-4, fetched 6-");
    }

    @Test
    void aJobHasAtMostThirtyShortSteps() {
        for (int i = 0; i < 100; i++) {
            reached(log, i + "x".repeat(1000));
            log.fail("y".repeat(1000), now());
        }

        assertThat(log.steps()).hasSize(30).allSatisfy(step -> {
            assertThat(step.name()).hasSizeLessThanOrEqualTo(100);
            assertThat(step.lastError() == null ? "" : step.lastError()).hasSizeLessThanOrEqualTo(200);
        });
    }

    private void reached(StepLog steps, String name) {
        steps.reached(name, now());
    }

    private Instant now() {
        seconds++;
        return START.plusSeconds(seconds);
    }

    private static String words(StepLog log) {
        return words(log.steps());
    }

    /** Times are seconds since the start. */
    private static String words(List<JobStep> steps) {
        return steps.stream().map(StepLogTest::words).collect(Collectors.joining(", "));
    }

    private static String words(JobStep step) {
        return step.name() + " " + second(step.startedAt()) + "-" + (step.isRunning() ? "" : second(step.endedAt()))
                + (step.tries() > 1 ? " x" + step.tries() : "") + (step.failed() ? " failed" : "")
                + (step.lastError() == null ? "" : " (" + step.lastError() + ")");
    }

    private static long second(Instant instant) {
        return instant.getEpochSecond() - START.getEpochSecond();
    }
}
