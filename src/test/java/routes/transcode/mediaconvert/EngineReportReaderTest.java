package routes.transcode.mediaconvert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;
import routes.failure.MalformedMessageException;
import routes.support.TestSettings;

class EngineReportReaderTest {
    private final EngineReportReader reader = new EngineReportReader(new EngineErrors(TestSettings.defaults()));

    private EngineReport sample(String name) throws IOException {
        return reader.read(new ClassPathResource("contracts/mediaconvert-" + name + ".json")
                .getContentAsString(StandardCharsets.UTF_8));
    }

    private EngineReport detail(String fields) {
        return reader.read("{\"source\":\"aws.mediaconvert\",\"detail\":{\"jobId\":\"1-a\"," + fields + "}}");
    }

    @Test
    void theSampleEventsAreRead() throws IOException {
        assertThat(sample("status-update"))
                .isEqualTo(new EngineReport("123456789012-smb6o7", null, 0, "STATUS_UPDATE", 70, null, null, null));
        assertThat(sample("complete").end())
                .isEqualTo(new EngineEnd(EngineEnd.Status.COMPLETE, 596_458, 1280, 720, null, null));
        EngineEnd error = sample("error").end();
        assertThat(error.status()).isEqualTo(EngineEnd.Status.ERROR);
        assertThat(error.errorCode()).isEqualTo("1010");
        assertThat(error.errorMessage()).startsWith("Unable to open input file [s3://");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'jobPercentComplete':70} | 70",
                "{'jobPercentComplete':100} | 99",
                "{'jobPercentComplete':0,'phaseProgress':{'PROBING':{'percentComplete':100}}} | 0",
                "{'phaseProgress':{'PROBING':{'status':'COMPLETE','percentComplete':100},"
                        + "'TRANSCODING':{'status':'PROGRESSING','percentComplete':40},"
                        + "'UPLOADING':{'status':'PENDING','percentComplete':0}},'currentPhase':'TRANSCODING'} | 39",
                "{'phaseProgress':{'PROBING':{'percentComplete':100},'TRANSCODING':{'percentComplete':100},"
                        + "'UPLOADING':{'percentComplete':100}}} | 99",
                "{'phaseProgress':{'PROBING':{'percentComplete':30}}} | 1",
                "{'phaseProgress':{}} | -1",
                "{} | -1"
            })
    void progressIsThatOfTheJobOrElseOfItsPhases(String progress, int percent) {
        assertThat(detail("\"status\":\"STATUS_UPDATE\",\"jobProgress\":" + progress.replace('\'', '"'))
                        .progress())
                .isEqualTo(percent);
    }

    @Test
    void theFormatOfTheFilmIsThatOfItsFirstPicture() {
        assertThat(detail("\"status\":\"INPUT_INFORMATION\",\"inputDetails\":[{\"id\":1,\"uri\":\"s3://b/f.mp4\","
                                + "\"audio\":[{\"codec\":\"AAC\"}],\"video\":[{\"codec\":\"H_264\",\"width\":1920,"
                                + "\"height\":1080}]}]")
                        .film())
                .isEqualTo(new FilmFormat(1920, 1080, "H_264"));
        assertThat(detail("\"status\":\"INPUT_INFORMATION\",\"inputDetails\":[{\"audio\":[{\"codec\":\"AAC\"}]}]")
                        .film())
                .isEqualTo(new FilmFormat(0, 0, "AAC"));
    }

    @Test
    void ourIdAndRunAreInTheMetadata() {
        EngineReport report = detail("\"status\":\"PROGRESSING\",\"userMetadata\":{\"jobId\":\"01KB\",\"run\":\"3\"}");

        assertThat(report.jobId()).isEqualTo("01KB");
        assertThat(report.run()).isEqualTo(3);
        assertThat(report.isEnd()).isFalse();
    }

    @Test
    void aWarningHasNoNames() {
        assertThat(detail("\"status\":\"NEW_WARNING\",\"warningCode\":\"230001\",\"warningMessage\":\"No sound in"
                                + " [s3://films/a/b.mp4]\"")
                        .warning())
                .isEqualTo(new EngineWarning("230001", "No sound in [b.mp4]"));
    }

    @Test
    void aStreamWithoutPicturesHasNoSize() {
        assertThat(detail("\"status\":\"COMPLETE\",\"outputGroupDetails\":[{\"outputDetails\":["
                                + "{\"durationInMs\":900},{\"durationInMs\":1000}]},{\"type\":\"FILE_GROUP\"}]")
                        .end())
                .isEqualTo(new EngineEnd(EngineEnd.Status.COMPLETE, 1000, 0, 0, null, null));
        assertThat(detail("\"status\":\"CANCELED\"").end().status()).isEqualTo(EngineEnd.Status.CANCELED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON | not JSON",
                "[] | '[]' is not a JSON object",
                "{'source':'aws.s3'} | source is \"aws.s3\": it must be aws.mediaconvert",
                "{'source':'aws.mediaconvert','detail':{}} | detail.jobId is missing",
                "{'source':'aws.mediaconvert','detail':{'jobId':'1'}} | detail.status is missing",
                "{'source':'aws.mediaconvert','detail':{'jobId':'1','status':'ERROR','userMetadata':{'jobId':'../x'}}}"
                        + " | detail.userMetadata.jobId is \"../x\""
            })
    void whatIsNoEventIsMalformed(String message, String reason) {
        assertThatThrownBy(() -> reader.read(message.replace('\'', '"')))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(reason);
    }
}
