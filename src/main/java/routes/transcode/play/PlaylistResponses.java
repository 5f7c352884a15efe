package routes.transcode.play;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import routes.aws.PresignedLinks;
import routes.failure.ClientErrorException;
import routes.settings.Settings;
import routes.settings.Settings.Playlist.Links;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * What players get: playlists with links of this service, and redirects to the bucket. Each method is one step of a route.
 * See docs/decisions/0042.
 */
@Component("playlistResponses")
public class PlaylistResponses {
    private static final int OK = 200;
    private static final int FOUND = 302;
    private static final String HLS = "application/vnd.apple.mpegurl";

    private final PlaylistTokens tokens;
    private final PresignedLinks links;
    private final Clock clock;
    private final boolean presigned;
    private final String bucket;

    PlaylistResponses(
            PlaylistTokens tokens, @Qualifier("streamLinks") PresignedLinks links, Clock clock, Settings settings) {
        this.tokens = tokens;
        this.links = links;
        this.clock = clock;
        this.presigned = settings.playlist().links() == Links.PRESIGNED;
        this.bucket = settings.transcode().outputBucket();
    }

    /** @throws ClientErrorException with 409 if links in the playlist would end before the film */
    public GetObjectRequest master(@Variable("grant") PlaylistGrant grant) {
        return request(grant, grant.output().master());
    }

    /** @throws ClientErrorException like {@link #master}, and with 404 if there is no such rendition */
    public GetObjectRequest rendition(@Variable("grant") PlaylistGrant grant, @Header("rendition") String rendition) {
        return request(grant, StreamFile.key(grant.output(), rendition, "index.m3u8"));
    }

    /** @return whether the file is a playlist */
    public boolean isPlaylist(@Header("file") String file) {
        return file.endsWith(".m3u8");
    }

    /** @throws ClientErrorException like {@link #master}, and with 404 if no playlist has such a name */
    public GetObjectRequest variant(@Variable("grant") PlaylistGrant grant, @Header("file") String file) {
        return request(grant, StreamFile.key(grant.output(), file));
    }

    private GetObjectRequest request(PlaylistGrant grant, String key) {
        if (presigned
                && clock.instant().plus(grant.length()).isAfter(links.to(key).expiresAt())) {
            throw ClientErrorException.conflict("the film is longer than links live; set PLAYLIST_LINKS to redirect");
        }
        return GetObjectRequest.builder().bucket(bucket).key(key).build();
    }

    /** @return the content of an object */
    public String text(@Body ResponseInputStream<GetObjectResponse> content) {
        try (content) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws ClientErrorException always: the object was removed, or there never was one */
    public void gone(@Variable("grant") PlaylistGrant grant) {
        throw ClientErrorException.notFound("job " + grant.jobId() + " has no such playlist");
    }

    /** Responds with the master playlist; its links are relative to its own path. */
    public void answerMaster(@Variable("grant") PlaylistGrant grant, @Body String text, Message message) {
        String token = tokens.sign(grant);
        answer(
                message,
                PlaylistText.replaced(
                        text, uri -> "stream/" + grant.run() + "/" + StreamFile.link(uri) + "?token=" + token));
    }

    /** Responds with the playlist of a rendition. */
    public void answerRendition(
            @Variable("grant") PlaylistGrant grant,
            @Header("rendition") String rendition,
            @Body String text,
            Message message) {
        answerMedia(message, grant, grant.output().file(rendition, ""), text);
    }

    /** Responds with a playlist that is beside its segments. */
    public void answerVariant(@Variable("grant") PlaylistGrant grant, @Body String text, Message message) {
        answerMedia(message, grant, grant.output().prefix(), text);
    }

    private void answerMedia(Message message, PlaylistGrant grant, String folder, String text) {
        String token = tokens.sign(grant);
        UnaryOperator<String> link = presigned ? signed(folder) : uri -> StreamFile.link(uri) + "?token=" + token;
        answer(message, PlaylistText.replaced(text, link));
    }

    /** @return signs each object once: every segment names the key */
    private UnaryOperator<String> signed(String folder) {
        URI base = URI.create("/" + PlaylistText.encoded(folder));
        Map<String, String> known = new HashMap<>();
        return uri -> known.computeIfAbsent(
                uri, one -> links.to(base.resolve(one).getPath().substring(1)).url());
    }

    private static void answer(Message message, String playlist) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, OK);
        message.setHeader(Exchange.CONTENT_TYPE, HLS);
        message.setBody(playlist);
    }

    /** Responds with a redirect to a segment, or to the initialization segment. */
    public void redirectToFile(
            @Variable("grant") PlaylistGrant grant,
            @Header("rendition") String rendition,
            @Header("file") String file,
            Message message) {
        redirect(message, StreamFile.key(grant.output(), rendition, file));
    }

    /** Responds with a redirect to the file of the content key, or to a segment of MediaConvert. */
    public void redirectToStreamFile(
            @Variable("grant") PlaylistGrant grant, @Header("file") String file, Message message) {
        redirect(message, StreamFile.key(grant.output(), file));
    }

    private void redirect(Message message, String key) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, FOUND);
        // otherwise those of all answers of the operation, which together are none
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain");
        message.setHeader("Location", links.to(key).url());
        message.setBody("");
    }
}
