package routes.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.jobs.Job;
import routes.jobs.PrefixClaims;
import routes.settings.Settings;
import routes.support.LocalCloud;
import routes.support.TestJobs;
import routes.support.TestSettings;

class StreamLocationsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    private static final String TABLE =
            LocalCloud.shared().newResources("-prefixes").jobsTable();

    private StreamLocations locations(String path, Instant now) {
        Settings settings = TestSettings.with(Map.of("JOBS_TABLE", TABLE, "TRANSCODE_PATH", path));
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new StreamLocations(new PrefixClaims(LocalCloud.shared().dynamoDb(), clock, settings), clock, settings);
    }

    @Test
    void noTwoRunsHaveOnePrefixOfTheEarlierForm() {
        StreamLocations earlier = locations("{input}_{yyyyMMddHHmmss}/", NOW);
        Job uploaded = TestJobs.transcode("first", "uploads/s.mp4", NOW);
        Job other = TestJobs.transcode("second", "s.mp4", NOW);

        assertThat(earlier.choose(uploaded)).isEqualTo("s.mp4_20261129100000/");
        assertThat(earlier.choose(uploaded)).as("another try").isEqualTo("s.mp4_20261129100000/");
        assertThat(earlier.choose(other)).isEqualTo("s.mp4_20261129100001/");
        assertThat(locations("{input}_{yyyyMMddHHmmss}/", NOW.plusSeconds(1))
                        .choose(TestJobs.transcode("third", "s.mp4", NOW)))
                .isEqualTo("s.mp4_20261129100002/");
    }

    /** @param film whose earlier form would be below the prefix of another run, or contain it */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "uploads/w.mp4_20261129171151/x.mp4",
                "w.mp4_20261129171151/x.mp4",
                "uploads/folder/w.mp4_20261129171151/folder/x.mp4",
                "uploads/w.mp4_20261129171151/",
                "uploads/transcodes/other/1/y.mp4",
                "uploads/transcodes/other",
                "uploads/transcodes/"
            })
    void noPrefixIsBelowThatOfAnotherRun(String film) {
        assertThat(locations("{input}_{yyyyMMddHHmmss}/", NOW).choose(TestJobs.transcode("nested", film, NOW)))
                .isEqualTo("transcodes/nested/1/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w.mp4_20261129171151",
                "2026_11/y.mp4",
                "cam_2026112917115/x.mp4",
                "a/transcodes/y.mp4",
                "transcodes"
            })
    void aNameThatOnlyResemblesAPrefixKeepsItsEarlierForm(String film) {
        assertThat(locations("{input}_{yyyyMMddHHmmss}/", NOW)
                        .choose(TestJobs.transcode("resembling", "uploads/" + film, NOW)))
                .isEqualTo(film + "_20261129100000/");
    }

    @Test
    void untilAPrefixIsChosenOnlyThatWithTheIdIsOfTheJob() {
        Job job = TestJobs.transcode("first", "uploads/s.mp4", NOW);

        assertThat(locations("{input}_{yyyyMMddHHmmss}/", NOW).of(job).prefix()).isEqualTo("transcodes/first/1/");
        assertThat(locations("transcodes/{jobId}/{attempt}/", NOW).choose(job)).isEqualTo("transcodes/first/1/");
    }
}
