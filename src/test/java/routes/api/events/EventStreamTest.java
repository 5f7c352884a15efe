package routes.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A listener gets the newest state of each job, however slowly it reads. */
class EventStreamTest {
    private static final EventId POSITION = new EventId(Instant.ofEpochMilli(1000), 0);

    private final Connection connection = new Connection();
    private final AtomicInteger ends = new AtomicInteger();
    private final EventStream stream = new EventStream(
            new MockAsyncContext(new MockHttpServletRequest(), new MockHttpServletResponse()),
            connection,
            Instant.MAX,
            POSITION,
            ended -> ends.incrementAndGet());

    @BeforeEach
    void open() {
        connection.isFull = false;
        stream.onWritePossible();
        assertThat(connection.sent()).isEqualTo("retry: 3000\nid: 1000-0\n\n");
    }

    @Test
    void eventsAreSentInOrderAndFlushed() {
        offer("a", "1");
        offer("b", "1");
        stream.send();

        assertThat(connection.sent()).isEqualTo("a 1\nb 1\n");
    }

    @Test
    void aNewerStateTakesThePlaceOfAnOlderOne() {
        connection.isFull = true;
        offer("a", "1");
        offer("b", "1");
        offer("a", "2");
        stream.send();
        assertThat(connection.sent()).isEmpty();

        connection.isFull = false;
        stream.onWritePossible();

        assertThat(connection.sent()).isEqualTo("b 1\na 2\n");
    }

    @Test
    void whoLagsTooFarBehindReadsTheListAgain() {
        connection.isFull = true;
        for (int job = 0; job < 5 * EventStream.MOST_PENDING; job++) {
            offer("job-" + job, "1");
        }
        stream.send();

        connection.isFull = false;
        stream.onWritePossible();
        assertThat(connection.sent()).isEqualTo("event: reset\ndata: {}\n\n");

        offer("a", "1");
        stream.send();
        assertThat(connection.sent()).isEqualTo("a 1\n");
    }

    @Test
    void itEndsEvenIfNothingCanBeWritten() {
        connection.isFull = true;
        offer("a", "1");

        stream.end();

        assertThat(ends).hasPositiveValue();
    }

    private void offer(String jobId, String state) {
        stream.offer(new JobEvent(jobId, jobId + " " + state + "\n"));
    }

    /** A connection that takes nothing while it is full. */
    private static final class Connection extends ServletOutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private String flushed = "";
        private boolean isFull = true;

        String sent() {
            String sent = flushed;
            flushed = "";
            return sent;
        }

        @Override
        public boolean isReady() {
            return !isFull;
        }

        @Override
        public void write(int one) {
            assertThat(isFull).isFalse();
            written.write(one);
        }

        @Override
        public void flush() {
            flushed += written.toString(StandardCharsets.UTF_8);
            written.reset();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
