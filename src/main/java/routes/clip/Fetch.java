package routes.clip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.FootageMissing;
import routes.media.Source;
import routes.media.Workspace;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Brings a recording from the bucket to the disk, past the heap. */
@Component("fetch")
public class Fetch {
    /** @param index of the piece within the split, from 0 */
    public Source measured(
            @ExchangeProperty("piece") Piece piece,
            @Body HeadObjectResponse object,
            @ExchangeProperty("CamelSplitIndex") int index,
            @Variable("workspace") Workspace workspace) {
        return new Source(
                piece.key(),
                workspace.file("recording-" + index + ".mp4"),
                object.contentLength(),
                object.eTag(),
                piece.recording().start(),
                piece.from(),
                piece.to());
    }

    /** @throws FootageMissing when fewer bytes came than were measured */
    public void save(@ExchangeProperty("source") Source source, @Body InputStream bytes) throws IOException {
        try (bytes) {
            long saved = Files.copy(bytes, source.file());
            if (saved != source.bytes()) {
                throw new FootageMissing("a recording broke off while it was fetched");
            }
        }
    }
}
