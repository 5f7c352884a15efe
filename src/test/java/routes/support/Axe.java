package routes.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Judges the accessibility of an open page by the rules of axe-core. */
public final class Axe {
    private static final String SCRIPT = "/axe.min.js";

    private Axe() {}

    /** @return one line per serious or critical finding, with the elements */
    public static List<String> findings(Browser browser) throws IOException {
        try (InputStream script = Objects.requireNonNull(Axe.class.getResourceAsStream(SCRIPT))) {
            browser.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; true");
        }
        JsonNode violations = browser.evaluate(
                """
                axe.run(document).then(result => result.violations
                  .filter(violation => ['serious', 'critical'].includes(violation.impact))
                  .map(violation => violation.id + ': ' + violation.nodes.map(node =>
                    node.html.slice(0, 200) + ' (' + (node.any[0]?.message ?? '') + ')').join(', ')))""");
        List<String> found = new ArrayList<>();
        violations.forEach(violation -> found.add(violation.textValue()));
        return found;
    }
}
