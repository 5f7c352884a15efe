package routes.cut;

import java.util.List;

/** The errors that ffmpeg prints while it decodes an excerpt. */
public final class DecoderErrors {
    /** An excerpt lacks references that a picture unmarks as no longer used. */
    private static final String HARMLESS = "mmco: unref short failure";

    /** Of the line before, harmless or not. */
    private static final String REPETITION = "Last message repeated";

    private DecoderErrors() {}

    /**
     * @param printed by ffmpeg; null if it was not run
     * @return the lines that report damage
     */
    public static List<String> in(String printed) {
        return printed == null
                ? List.of()
                : printed.lines()
                        .filter(line -> !line.isBlank() && !line.contains(HARMLESS) && !line.contains(REPETITION))
                        .toList();
    }
}
