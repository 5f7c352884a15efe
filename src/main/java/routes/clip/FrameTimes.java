package routes.clip;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.stereotype.Component;
import routes.cut.TimeAnchor;
import routes.mp4.PackedLongColumn;
import routes.mp4.Track;

/** The times and recorded instants of the frames of a clip, as in the contract. */
@Component
class FrameTimes {
    /** Bytes of a time and an instant. */
    private static final int PER_FRAME = 28;
    /** Bytes of the rest. */
    private static final int HEAD = 1024;

    private final ObjectMapper json;

    FrameTimes(ObjectMapper json) {
        this.json = json;
    }

    /** @return JSON, written number by number: an hour of video has 100,000 frames and more */
    byte[] json(StoredClip clip, Track video) {
        PackedLongColumn shown = video.shown(Long.MIN_VALUE, Long.MAX_VALUE);
        ByteArrayOutputStream out = new ByteArrayOutputStream(PER_FRAME * shown.count() + HEAD);
        try (JsonGenerator to = json.createGenerator(out)) {
            to.writeStartObject();
            to.writeStringField("jobId", clip.jobId());
            to.writeNumberField("timescale", video.timescale());
            to.writeNumberField("frames", shown.count());
            to.writeArrayFieldStart("times");
            for (int i = 0; i < shown.count(); i++) {
                to.writeNumber(shown.get(i) - video.origin());
            }
            to.writeEndArray();
            to.writeArrayFieldStart("instants");
            RecordedInstants instants = new RecordedInstants(clip.anchors());
            for (int i = 0; i < shown.count(); i++) {
                to.writeNumber(instants.of(TimeAnchor.micros(shown.get(i) - video.origin(), video.timescale())));
            }
            to.writeEndArray();
            to.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Recorded instants of ascending times of a clip. */
    private static final class RecordedInstants {
        private final List<TimeAnchor> anchors;
        private int at;

        RecordedInstants(List<TimeAnchor> anchors) {
            this.anchors = anchors;
        }

        /** @param clipTime in microseconds, not before the one of the last call */
        long of(long clipTime) {
            while (at + 1 < anchors.size() && anchors.get(at + 1).clipMicros() <= clipTime) {
                at++;
            }
            return anchors.get(at).instant(clipTime);
        }
    }
}
