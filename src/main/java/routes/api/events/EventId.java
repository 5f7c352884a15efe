package routes.api.events;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an event. A client that connects again with it gets the later changes.
 *
 * @param at all changes until then were sent, but for late ones
 * @param number distinguishes events of the same instant
 */
record EventId(Instant at, long number) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})-\\d{1,18}");

    /** @return the instant of an id; empty if it is not one of ours */
    static Optional<Instant> parse(String id) {
        Matcher parts = FORM.matcher(id);
        return parts.matches() ? Optional.of(Instant.ofEpochMilli(Long.parseLong(parts.group(1)))) : Optional.empty();
    }

    @Override
    public String toString() {
        return at.toEpochMilli() + "-" + number;
    }
}
