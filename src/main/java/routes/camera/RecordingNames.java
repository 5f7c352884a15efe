package routes.camera;

import java.text.ParsePosition;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import routes.settings.InvalidSettingException;
import routes.settings.Settings;

/** Parses the instant in a recording's name, such as {@code alias.stream.20181031T025200051.mp4}. */
@Component
public class RecordingNames {
    private static final Map<Character, ChronoField> DIRECTIVES = Map.of(
            'Y', ChronoField.YEAR,
            'm', ChronoField.MONTH_OF_YEAR,
            'd', ChronoField.DAY_OF_MONTH,
            'H', ChronoField.HOUR_OF_DAY,
            'M', ChronoField.MINUTE_OF_HOUR,
            'S', ChronoField.SECOND_OF_MINUTE);

    private static final String WHOLE_SECONDS = "%Y%m%dT%H%M%S";

    private final List<DateTimeFormatter> forms;

    public RecordingNames(Settings settings) {
        this.forms = List.of(
                checked("TIMESTAMP_FORMAT", settings.names().timestampFormat(), ""),
                checked("OLD_FILE_FORMAT", oldFormat(settings.names().oldFormat()), ", True or False"));
    }

    /** The setting is the legacy flag, True for names with whole seconds, or a date format. */
    private static String oldFormat(String setting) {
        return switch (setting.toLowerCase(Locale.ROOT)) {
            case "true" -> WHOLE_SECONDS;
            case "false" -> WHOLE_SECONDS + "%f";
            default -> setting;
        };
    }

    private static DateTimeFormatter checked(String setting, String pattern, String flag) {
        try {
            return formatter(pattern);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    setting, pattern, "a date format such as %Y%m%dT%H%M%S" + flag + ": " + e.getMessage());
        }
    }

    /**
     * @param fileName last segment of the recording's URL
     * @return UTC; empty if no part of the name matches a format
     */
    public Optional<Instant> start(String fileName) {
        String[] parts = fileName.split("\\.");
        for (int i = parts.length - 1; i >= 0; i--) {
            for (DateTimeFormatter form : forms) {
                ParsePosition at = new ParsePosition(0);
                TemporalAccessor parsed = form.parseUnresolved(parts[i], at);
                if (parsed != null && at.getIndex() == parts[i].length()) {
                    return Optional.of(LocalDateTime.parse(parts[i], form).toInstant(ZoneOffset.UTC));
                }
            }
        }
        return Optional.empty();
    }

    /** @param pattern numeric strptime directives; a Java date pattern if it contains no '%' */
    static DateTimeFormatter formatter(String pattern) {
        if (!pattern.contains("%")) {
            return DateTimeFormatter.ofPattern(pattern);
        }
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '%' || i + 1 == pattern.length()) {
                builder.appendLiteral(pattern.charAt(i));
                continue;
            }
            char directive = pattern.charAt(++i);
            ChronoField field = DIRECTIVES.get(directive);
            if (field != null) {
                builder.appendValue(field, directive == 'Y' ? 4 : 2);
            } else if (directive == 'f') {
                builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, 6, false);
            } else {
                throw new IllegalArgumentException("%" + directive + " is not among %Y %m %d %H %M %S %f");
            }
        }
        return builder.toFormatter();
    }
}
