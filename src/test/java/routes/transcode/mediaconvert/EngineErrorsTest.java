package routes.transcode.mediaconvert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.TestSettings;

class EngineErrorsTest {
    private final EngineErrors errors = new EngineErrors(TestSettings.with(Map.of(
            "TRANSCODE_BUCKET", "films-in",
            "OUTPUT_BUCKET", "films-in-out",
            "S3_BUCKET_DESTINATION", "clips-of-all",
            "S3_BUCKET_ORIGIN", "origin-of-all",
            "MEDIACONVERT_ROLE", "arn:aws:iam::123456789012:role/service/MediaConvert_Default_Role",
            "MEDIACONVERT_JOB_TEMPLATE", "arn:aws:mediaconvert:eu-west-1:123456789012:jobTemplates/hls-ladder",
            "MEDIACONVERT_QUEUE", "fast-lane")));

    /** In the form of MediaConvert, S3 and IAM. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1010 | Unable to open input file [s3://example-bucket/Big Buck Bunny.mp4]: [Failed probe/open: [The version"
                        + " of the manifest file at this URL is more recent than we support:"
                        + " [s3://example-bucket/Big Buck Bunny.mp4]. We support versions up to [4].]] |"
                        + " the film cannot be opened: Unable to open input file [Big Buck Bunny.mp4]: [Failed probe/open:"
                        + " [The version of the manifest file at this URL is more recent than we support:"
                        + " [Big Buck Bunny.mp4]. We support versions up to [4].]]",
                "1010 | Unable to open input file [s3://films-in/uploads/My Films/a.mov]: [Failed probe/open: [No parser found"
                        + " for container]] | the film cannot be opened: Unable to open input file [a.mov]: [Failed"
                        + " probe/open: [No parser found for container]]",
                "1010 | Unable to open input file [https://films-in.s3.eu-west-1.amazonaws.com/x/MANIFEST.M3U8] |"
                        + " the film cannot be opened: Unable to open input file [MANIFEST.M3U8]",
                "1010 | Unable to open input file [https://s3.eu-west-1.amazonaws.com/films-in/a.mp4?X-Amz-Credential="
                        + "ASIAIOSFODNN7EXAMPLE%2F20261129&X-Amz-Signature=ab12] | the film cannot be opened: Unable to"
                        + " open input file [a.mp4]",
                "1401 | Failed to read s3://films-in/a.mp4: HTTP 401 from films-in.s3.amazonaws.com:443 |"
                        + " MediaConvert may not read the film: Failed to read a.mp4: HTTP 401 from …",
                "1404 | Unable to open input file [s3://films-in/uploads/gone.mp4]: [Failed probe/open: [Can't read input"
                        + " stream: [Failed to read data: HeadObject failed]]] | the film was not found: Unable to open"
                        + " input file [gone.mp4]: [Failed probe/open: [Can't read input stream: [Failed to read data:"
                        + " HeadObject failed]]]",
                "1432 | Failed to read data: AssumeRole failed for arn:aws:iam::123456789012:role/service/"
                        + "MediaConvert_Default_Role | MediaConvert may not read the film: Failed to read data: AssumeRole"
                        + " failed for …",
                "1433 | User: arn:aws:sts::123456789012:assumed-role/MediaConvert_Default_Role/EmeSession_1a2b is not"
                        + " authorized to perform: s3:GetObject on resource: arn:aws:s3:::films-in/uploads/a.mp4 |"
                        + " MediaConvert may not read the film: User: … is not authorized to perform: s3:GetObject on"
                        + " resource: …",
                "1434 | The role MediaConvert_Default_Role of account 123456789012 cannot read bucket films-in |"
                        + " MediaConvert may not read the film: The role … of account … cannot read bucket …",
                "1030 | Video codec [indeo4] is not a supported input video codec | the film has no picture or sound that can"
                        + " be decoded: Video codec [indeo4] is not a supported input video codec",
                "1040 | Exactly one of Track 1, 2 exists in clip.test.mp4 | the film has no sound that can be used: Exactly one"
                        + " of Track 1, 2 exists in clip.test.mp4",
                "1075 | Demuxer: [ReadPacketData File read failed - end of file hit at length [64823296]. Is file truncated?]"
                        + " | a part of the film cannot be decoded: Demuxer: [ReadPacketData File read failed - end of file"
                        + " hit at length [64823296]. Is file truncated?]",
                "1999 | Worker ip-10-0-3-17.eu-west-1.compute.internal stopped | MediaConvert failed by itself: Worker …"
                        + " stopped",
                "1999 | Connection to 10.0.3.17:8443 reset | MediaConvert failed by itself: Connection to … reset",
                "3401 | Unable to write to output file [s3://films-in-out/transcodes/01KB/1/master_720p_00001.ts]: [Failed to"
                        + " write data: Access Denied (Request ID: 9B3XQ1J2K4; Extended Request ID: aB+c/9=)] |"
                        + " MediaConvert may not store the stream: Unable to write to output file [master_720p_00001.ts]:"
                        + " [Failed to write data: Access Denied (Request ID: …; Extended Request ID: …)]",
                "3403 | Bucket: films-in-out, owner 1234-5678-9012 | MediaConvert may not store the stream: Bucket: …, owner …",
                "3404 | The specified bucket \"another-bucket\" does not exist | the bucket of streams was not found: The"
                        + " specified bucket \"…\" does not exist",
                "3450 | KMS key arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab is disabled |"
                        + " MediaConvert may not store the stream: KMS key … is disabled",
                "1060 | Job 123456789012-smb6o7 in queue fast-lane with template hls-ladder timed out |"
                        + " MediaConvert could not convert the film: Job …-smb6o7 in queue … with template … timed out",
                "9999 | See https://console.aws.amazon.com/mediaconvert/home?region=eu-west-1#/jobs for role=Admin |"
                        + " MediaConvert could not convert the film: See jobs for role=…",
                "1999 | media.studio-berlin.de, ftp.example.eu:21, files.corp.lan and storage03:8443 do not answer |"
                        + " MediaConvert failed by itself: …, …, … and … do not answer",
                "1999 | host=storage02 at fe80::1:2:3 reset clip.mp4 | MediaConvert failed by itself: host=… at … reset"
                        + " clip.mp4",
                "1434 | The IAM role MediaConvert_Admin_Role, the role other-role and the bucket acme-films2 are not there |"
                        + " MediaConvert may not read the film: The IAM role …, the role … and the bucket … are not there",
                "1404 | s3a://acme/x.mp4 and s3://acme/my secret folder/film.mp4 | the film was not found: x.mp4 and film.mp4",
                "1432 | ARN:AWS:IAM::123456789012:ROLE/Secret, arn%3Aaws%3Aiam%3A%3A1%3Arole/Secret |"
                        + " MediaConvert may not read the film: …, …",
                "1432 | The role does not exist and the bucket is not in this region | MediaConvert may not read the film:"
                        + " The role does not exist and the bucket is not in this region"
            })
    void errorsTellNoNames(String code, String message, String text) {
        assertThat(errors.text(code, message)).isEqualTo(text);
        assertThat(errors.text(code, message))
                .doesNotContain("s3://", "arn:", "123456789012", "amazonaws", "films-in", "MediaConvert_Default_Role");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "the bucket partnerfilms was not found | the bucket … was not found",
                "role accountant may not read | role … may not read",
                "No bucket named films | No bucket named …",
                "no role called the is there | no role called … is there",
                "buckets films-a and films-b | buckets … and …",
                "Buckets: acme, other or third are missing | Buckets: …, … or … are missing",
                "the roles reader, writer and Admin cannot be assumed | the roles …, … and … cannot be assumed",
                "the bucket acme and the role accountant differ | the bucket … and the role … differ",
                "bucket “other” missing, role ‘reader’ too | bucket “…” missing, role ‘…’ too",
                "the 'acme' bucket and “reader” role | the '…' bucket and “…” role",
                "role=Team,Media and role Team,Media | role=… and role …",
                "roleArn: AcmeMedia2, Role=OtherRole, role/Third | roleArn: …, Role=…, role/…",
                "{\"executionRoleArn\":\"Acme\",\"bucketName\":\"films\"} | {\"executionRoleArn\":\"…\",\"bucketName\":\"…\"}",
                "resource: \"arn:aws:s3:::b/transcodes/a b/1/x.ts\" because | resource: \"…\" because",
                "on arn:aws:s3:::b/transcodes/a b/1/x.ts because | on … because",
                "staticKeyValue: 00112233445566778899aabbccddeeff does not match | staticKeyValue: … does not match",
                "0123456789ABCDEF0123456789ABCDEF0123 in x0011223344556677889900112233445566z | … in x…z",
                "KMS key 1234abcd-12ab-34cd-56ef-1234567890ab is disabled | KMS key … is disabled",
                "Bucket (acme-media) not found, role (AcmeRole) too | Bucket (…) not found, role (…) too",
                "bucket (in another region) | bucket (in another region)",
                "the bucket is named acme-out | the bucket is named …",
                "access to acme-films bucket denied to acme_role1 role | access to … bucket denied to … role",
                "the S3 bucket and the cross-account role | the S3 bucket and the cross-account role",
                "the [acme-a] bucket | the […] bucket",
                "<Code>NoSuchBucket</Code><BucketName>acme-media</BucketName> | <Code>NoSuchBucket</Code><BucketName>…</BucketName>",
                "s3:acme-films/folder/x.mp4, s3:acme-films and s3:GetObject | x.mp4, … and s3:GetObject",
                "account 1234 5678 9012 | account …",
                "Bucket: [acme-a, acme-b] | Bucket: […, …]",
                "buckets acme-a & acme-b | buckets … & …",
                "bucket acme-a or acme-b | bucket … or …",
                "bucket acme-a and not acme | bucket … and not acme",
                "the role can't be assumed, its bucket policy forbids it | the role can't be assumed, its bucket policy forbids it",
                "the bucket doesn't exist in this region | the bucket doesn't exist in this region",
                "the film must be controlled, not enrolled | the film must be controlled, not enrolled",
                "films-in, films-in-out, clips-of-all, origin-of-all | …, …, …, …",
                "MediaConvert_Default_Role, hls-ladder, fast-lane | …, …, …",
                "s3://acme is empty, see s3n://other | … is empty, see …",
                "the key AKIAIOSFODNN7EXAMPLE is inactive, ASIAIOSFODNN7EXAMPLE too | the key … is inactive, … too"
            })
    void namesAreRemovedInEveryForm(String message, String text) {
        assertThat(errors.scrubbed(message)).isEqualTo(text);
    }

    /** @param part of which a text of 100,000 characters is made */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a,",
                ",a",
                "a.",
                ".",
                "a-",
                "a b ",
                "/",
                "s3://",
                "s3://a/",
                "?a=",
                "a=b&",
                "arn:",
                "0",
                "0:",
                "1.",
                "\"",
                "bucket ",
                "bucket a, ",
                "buckets a and ",
                "role=",
                "'a' ",
                "[a",
                "a1234567:",
                "\n",
                "arn:aws:s3:::a b/"
            })
    void aTextOfAnyLengthIsRead(String part) {
        for (String begin : List.of("", "bucket ", "role=", "buckets a, ", "'", "s3://", "arn:aws:s3:::")) {
            String text = begin + part.repeat(100_000 / part.length());

            assertTimeout(Duration.ofSeconds(5), () -> assertThat(errors.scrubbed(text))
                    .hasSizeLessThanOrEqualTo(EngineErrors.LONGEST));
            assertTimeout(Duration.ofSeconds(5), () -> errors.scrubbed(text.substring(0, EngineErrors.LONGEST_READ)));
        }
    }

    /** The stack of a small thread, so that no length that is read depends on its size. */
    @Test
    void namesOfAnyLengthTakeNoStack() throws InterruptedException {
        AtomicReference<String> text = new AtomicReference<>();
        String name = "acme,media/".repeat(EngineErrors.LONGEST_READ / 11 - 1) + "x";
        Thread small = new Thread(null, () -> text.set(errors.scrubbed("bucket " + name)), "small", 64 * 1024);
        small.start();
        small.join();

        assertThat(text.get()).isEqualTo("bucket …");
    }

    @Test
    void noNameIsCutInHalves() {
        String filler = "x ".repeat(10) + "arn:aws:iam::1:" + "a".repeat(EngineErrors.LONGEST_READ - 45) + " ";
        assertThat(errors.scrubbed(filler + "clips-of-all clips-of-all")).doesNotContain("clips-of");
    }

    @Test
    void aTextHasAtMost300CharactersOnOneLine() {
        assertThat(errors.text("1010", "long\n".repeat(200))).hasSize(300).doesNotContain("\n");
        assertThat(errors.text(null, null)).isEqualTo("MediaConvert could not convert the film");
        assertThat(errors.text("1404", null)).isEqualTo("the film was not found");
    }
}
