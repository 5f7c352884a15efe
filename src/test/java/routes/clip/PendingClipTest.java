package routes.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.TestSettings;

class PendingClipTest {
    @ParameterizedTest
    @CsvSource({"on, 0, true", "on, 1, false", "off, 0, false"})
    void onlyTheFirstCheckIsToldAndOnlyIfTheSettingIsOn(String setting, int checks, boolean isSent) {
        ClipJobs jobs = new ClipJobs(null, null, null, null, TestSettings.with(Map.of("CLIP_PENDING", setting)));
        ClipRequest request = new ClipRequest("c", "k", Instant.EPOCH, Instant.MAX, null, List.of(), checks);

        assertThat(jobs.startsToWait(request)).isEqualTo(isSent);
    }
}
