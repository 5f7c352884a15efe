package routes.transcode;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.NotAFilmException;
import routes.fetch.RecordingDownload;
import routes.jobs.Stage;
import routes.scratch.Workspace;
import routes.settings.Settings;
import routes.transcode.hls.Film;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Looks at the first bytes of an uploaded file, and fetches it whole if it is a film. */
@Component("filmDownload")
public class FilmDownload {
    private static final int BUFFER = 64 * 1024;
    private static final int NOT_FOUND = 404;
    private static final int REPLACED = 412;
    private static final int EMPTY = 416;

    private final String bucket;

    FilmDownload(Settings settings) {
        this.bucket = settings.transcode().bucket();
    }

    /** @return a request of the first bytes of the upload that the job is about */
    public GetObjectRequest firstBytes(@Variable("request") TranscodeRequest request) {
        return GetObjectRequest.builder()
                .bucket(bucket)
                .key(request.inputFile())
                .versionId(request.versionId())
                .ifMatch(request.eTag() == null ? null : "\"" + request.eTag() + "\"")
                .range("bytes=0-" + (FilmSignature.LENGTH - 1))
                .build();
    }

    /**
     * @param first the beginning of the file
     * @throws NotAFilmException by its name and first bytes
     */
    public FilmObject judge(
            @Variable("request") TranscodeRequest request, @Body ResponseInputStream<GetObjectResponse> first)
            throws IOException {
        try (first) {
            if (!FilmSignature.isFilm(request.inputFile(), first.readNBytes(FilmSignature.LENGTH))) {
                throw new NotAFilmException();
            }
            GetObjectResponse object = first.response();
            return new FilmObject(
                    request.inputFile(), object.eTag(), request.versionId(), RecordingDownload.objectLength(object));
        }
    }

    /** @throws RuntimeException what the failure of S3 means for the job */
    public void explain(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) S3Exception failure) {
        switch (failure.statusCode()) {
            case NOT_FOUND -> throw InputFileMissingException.removed();
            case REPLACED -> throw InputFileMissingException.replaced();
            // a range of an empty object
            case EMPTY -> throw new NotAFilmException();
            default -> throw failure;
        }
    }

    /** Starts progress reporting for fetched bytes. */
    public void expect(@Variable("fetch") FilmObject film, @Variable("workspace") Workspace workspace) {
        workspace.expect(film.bytes(), Stage.OPENED, Stage.FOOTAGE_FOUND);
    }

    /** @return a request of the whole film, as it was judged */
    public GetObjectRequest whole(@Variable("fetch") FilmObject film) {
        return GetObjectRequest.builder()
                .bucket(bucket)
                .key(film.key())
                .versionId(film.versionId())
                .ifMatch(film.eTag())
                .build();
    }

    /**
     * Writes the film to a file, without buffering it in the heap.
     *
     * @throws FilmIncompleteException if the download ends early
     */
    public Film save(
            @Variable("fetch") FilmObject film,
            @Variable("workspace") Workspace workspace,
            @Body ResponseInputStream<GetObjectResponse> content)
            throws IOException {
        // has its own reservation, other files do not
        Path file = workspace.recording(0);
        long bytes = 0;
        try (content;
                OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = read(content, buffer); n >= 0; n = read(content, buffer)) {
                workspace.ensureHeld();
                out.write(buffer, 0, n);
                bytes += n;
                workspace.progressed(n);
            }
        }
        if (bytes != film.bytes()) {
            throw new FilmIncompleteException(bytes + " of " + film.bytes() + " bytes of a film were sent");
        }
        return new Film(file, film.key(), bytes);
    }

    private static int read(InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw new FilmIncompleteException("the download of a film was interrupted: " + e.getMessage());
        }
    }
}
