package routes.transcode.mediaconvert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.jobs.Job;
import routes.jobs.JobStatus;
import routes.transcode.mediaconvert.EngineReducer.Action;

class EngineReducerTest {
    private static final String ENGINE_ID = "1671477617078-2886ye";
    private static final EngineReport QUARTER = report("STATUS_UPDATE", 25, null, null, null);
    private static final EngineReport HALF = report("STATUS_UPDATE", 50, null, null, null);
    private static final EngineReport FILM =
            report("INPUT_INFORMATION", EngineReport.NO_PROGRESS, new FilmFormat(1920, 1080, "H_264"), null, null);
    private static final EngineReport WARNING =
            report("NEW_WARNING", EngineReport.NO_PROGRESS, null, new EngineWarning("230001", "odd"), null);
    private static final EngineReport COMPLETE = report(
            "COMPLETE", EngineReport.NO_PROGRESS, null, null, EngineEnd.of(List.of(new EngineOutput(1000, 640, 360))));

    private static EngineReport report(
            String status, int progress, FilmFormat film, EngineWarning warning, EngineEnd end) {
        return new EngineReport(ENGINE_ID, "film", 2, status, progress, film, warning, end);
    }

    static Stream<List<EngineReport>> orders() {
        List<List<EngineReport>> all = new ArrayList<>();
        permute(new ArrayList<>(List.of(QUARTER, HALF, FILM, COMPLETE)), 0, all);
        permute(new ArrayList<>(List.of(QUARTER, FILM, WARNING, COMPLETE)), 0, all);
        return all.stream();
    }

    private static void permute(List<EngineReport> reports, int from, List<List<EngineReport>> all) {
        if (from == reports.size()) {
            all.add(List.copyOf(reports));
        }
        for (int i = from; i < reports.size(); i++) {
            Collections.swap(reports, from, i);
            permute(reports, from + 1, all);
            Collections.swap(reports, from, i);
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyOrderOfReportsEachTwiceHasTheSameEnd(List<EngineReport> order) {
        Job job = EngineJobs.job(JobStatus.WAITING, ENGINE_ID);
        List<Integer> progress = new ArrayList<>();
        int ends = 0;
        for (EngineReport report :
                order.stream().flatMap(one -> Stream.of(one, one)).toList()) {
            switch (EngineReducer.action(job, report, EngineJobs.NOW)) {
                case END -> {
                    ends++;
                    Job done = EngineJobs.job(JobStatus.DONE, ENGINE_ID);
                    job = done.with(ENGINE_ID, 100, job.details());
                }
                case KEEP -> job = EngineReducer.reduced(job, report).orElseThrow();
                default -> assertThat(EngineReducer.reduced(job, report)).isEmpty();
            }
            progress.add(job.progress());
        }

        assertThat(ends).isEqualTo(1);
        assertThat(job.status()).isEqualTo(JobStatus.DONE);
        assertThat(EngineDetails.of(job.details()).film()).isEqualTo(FILM.film());
        assertThat(progress).isSorted();
    }

    @Test
    void aRepeatedReportCostsNothing() {
        Job job = EngineJobs.job(JobStatus.WAITING, ENGINE_ID);
        for (EngineReport report : List.of(HALF, FILM, WARNING)) {
            assertThat(EngineReducer.action(job, report, EngineJobs.NOW)).isEqualTo(Action.KEEP);
            job = EngineReducer.reduced(job, report).orElseThrow();
            assertThat(EngineReducer.action(job, report, EngineJobs.NOW)).isEqualTo(Action.DROP);
        }
        assertThat(EngineReducer.action(job, QUARTER, EngineJobs.NOW)).isEqualTo(Action.DROP);
        assertThat(job.progress()).isEqualTo(50);
    }

    @Test
    void tenWarningsAreKept() {
        Job job = EngineJobs.job(JobStatus.WAITING, ENGINE_ID);
        for (int i = 0; i < 12; i++) {
            EngineReport warning = report("NEW_WARNING", -1, null, new EngineWarning("" + i, null), null);
            job = EngineReducer.reduced(job, warning).orElse(job);
        }
        assertThat(EngineDetails.of(job.details()).warnings())
                .extracting(EngineWarning::code)
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void aReportBeforeTheAnswerOfCreateJobWaitsOrIsDropped() {
        Job creating = EngineJobs.job(JobStatus.RUNNING, null);

        assertThat(EngineReducer.action(creating, HALF, EngineJobs.NOW)).isEqualTo(Action.DROP);
        assertThat(EngineReducer.action(creating, COMPLETE, EngineJobs.NOW)).isEqualTo(Action.WAIT);
        assertThat(EngineReducer.action(creating, COMPLETE, EngineJobs.NOW.plusSeconds(31)))
                .as("the process that created it was killed")
                .isEqualTo(Action.END);
    }

    @Test
    void theEndOfAJobThatIsAnnouncedIsPublishedOnce() {
        Job decided = EngineJobs.job(JobStatus.ANNOUNCING, ENGINE_ID);

        assertThat(EngineReducer.action(decided, COMPLETE, EngineJobs.NOW)).isEqualTo(Action.END);
        assertThat(EngineReducer.action(decided, HALF, EngineJobs.NOW)).isEqualTo(Action.DROP);
    }

    @ParameterizedTest
    @EnumSource
    void aReportBeforeCreateJobIsOfNoJobOfOurs(JobStatus status) {
        Job unrequested = EngineJobs.job(status, null).with(null, 0, null);

        for (EngineReport report : List.of(HALF, FILM, WARNING, COMPLETE)) {
            assertThat(EngineReducer.action(unrequested, report, EngineJobs.NOW.plusSeconds(31)))
                    .isEqualTo(Action.DROP);
            assertThat(EngineReducer.reduced(unrequested, report)).isEmpty();
        }
    }

    private static EngineReport of(EngineReport report, String engineId, String jobId, int run) {
        return new EngineReport(
                engineId,
                jobId,
                run,
                report.status(),
                report.progress(),
                report.film(),
                report.warning(),
                report.end());
    }

    @ParameterizedTest
    @EnumSource
    void aReportOfNoRunIsDropped(JobStatus status) {
        for (String engineId : new String[] {ENGINE_ID, null}) {
            Job job = EngineJobs.job(status, engineId);
            for (EngineReport report : List.of(HALF, FILM, WARNING, COMPLETE)) {
                for (EngineReport foreign : List.of(
                        of(report, "1-old", null, 0),
                        of(report, "1-old", "film", 0),
                        of(report, "1-old", "film", 3),
                        of(report, "1-old", "other", 1))) {
                    assertThat(EngineReducer.action(job, foreign, EngineJobs.NOW))
                            .isEqualTo(Action.DROP);
                }
            }
        }
    }

    /** Its cancel may have been throttled, or its id was not known yet. The current run does not matter. */
    @ParameterizedTest
    @EnumSource
    void anEarlierRunThatGoesOnIsStoppedAndItsEndIsCleaned(JobStatus status) {
        for (String engineId : new String[] {ENGINE_ID, null}) {
            Job job = EngineJobs.job(status, engineId);
            for (EngineReport report : List.of(HALF, FILM, WARNING, COMPLETE)) {
                EngineReport old = of(report, "1-old", "film", 1);
                assertThat(EngineReducer.action(job, old, EngineJobs.NOW))
                        .isEqualTo(report.isEnd() ? Action.CLEAN : Action.STOP);
                assertThat(EngineReducer.reduced(job, old)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, STATUS_UPDATE, STOP",
        "CANCELLED, INPUT_INFORMATION, STOP",
        "CANCELLED, COMPLETE, CLEAN",
        "CANCELLED, NEW_WARNING, STOP",
        "FAILED, STATUS_UPDATE, STOP",
        "FAILED, INPUT_INFORMATION, STOP",
        "FAILED, NEW_WARNING, STOP",
        "FAILED, COMPLETE, CLEAN",
        "DONE, STATUS_UPDATE, DROP",
        "DONE, NEW_WARNING, DROP",
        "DONE, COMPLETE, DROP"
    })
    void afterATerminalStateNothingOfTheJobChanges(JobStatus status, String report, Action action) {
        EngineReport late = Stream.of(HALF, FILM, WARNING, COMPLETE)
                .filter(one -> one.status().equals(report))
                .findFirst()
                .orElseThrow();
        Job ended = EngineJobs.job(status, ENGINE_ID);

        assertThat(EngineReducer.action(ended, late, EngineJobs.NOW)).isEqualTo(action);
        assertThat(EngineReducer.reduced(ended, late)).isEmpty();
    }

    /** The answer of CreateJob was lost, and the process that waited for it has released the job. */
    @Test
    void aReportWithOurIdAndRunTellsTheIdOfMediaConvertsJob() {
        Job unanswered = EngineJobs.job(JobStatus.RUNNING, null);
        Instant released = EngineJobs.NOW.plusSeconds(31);

        for (EngineReport report : List.of(HALF, FILM, WARNING)) {
            assertThat(EngineReducer.action(unanswered, report, released)).isEqualTo(Action.KEEP);
        }
        Job heard = EngineReducer.reduced(unanswered, FILM).orElseThrow();
        assertThat(heard.engineId()).isEqualTo(ENGINE_ID);
        assertThat(EngineDetails.of(heard.details()).film()).isEqualTo(FILM.film());
        assertThat(EngineReducer.action(unanswered, COMPLETE, released)).isEqualTo(Action.END);
        assertThat(EngineReducer.reduced(unanswered, COMPLETE).orElseThrow().engineId())
                .isEqualTo(ENGINE_ID);
    }

    @Test
    void aCancelledJobWhoseConversionIsNotKnownStopsIt() {
        assertThat(EngineReducer.action(EngineJobs.job(JobStatus.CANCELLED, null), HALF, EngineJobs.NOW))
                .isEqualTo(Action.STOP);
    }
}
