package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Verifies the README and docs/: tables, links, paths, settings, meters and commands. */
class DocsTest {
    private static final Path DOCS = Path.of("docs");
    private static final Path CONFIGURE = DOCS.resolve("configure.md");
    private static final Path APPLICATION = Path.of("src/main/resources/application.yaml");
    private static final Pattern SETTING =
            Pattern.compile("\\s+[a-z.-]+: \"?\\$\\{([A-Z][A-Z0-9_]+):(.*?)}\"?(?:\\$\\{.*)?");
    private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\(([^)\\s]+)\\)");
    private static final Pattern PATH = Pattern.compile(
            "`((?:src|docs|env|helm|image|target/demo|\\.ci|camel|routes)(?:/[A-Za-z0-9_.-]+)+/?)(?: [a-z-]+)?`");
    /** Names of Camel, AWS and Kubernetes that resemble class names of this project. */
    private static final Pattern OF_OTHERS = Pattern.compile(
            "(Batch)?(Get|Put|Update|Delete|Describe|Receive|Send|Change|List)[A-Z]\\w+|Camel[A-Z]\\w+|ExpirationTime"
                    + "|MessageStructure|NetworkPolicy|ServiceAccount");

    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\n(.*?)```");

    @Test
    void theReadmeIsReadInOneSitting() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void theReadmeHasAPictureOfEightBoxes() throws IOException {
        Matcher picture = Pattern.compile("(?s)```mermaid\n(.*?)```").matcher(Files.readString(Path.of("README.md")));

        assertThat(picture.find()).isTrue();
        assertThat(Pattern.compile("\\w+\\[\"")
                        .matcher(picture.group(1))
                        .results()
                        .count())
                .isEqualTo(8);
    }

    /** {@code -Ddocs.write=true} updates the table. */
    @Test
    void theTableOfSettingsIsThatOfApplicationYaml() throws IOException {
        String text = Files.readString(CONFIGURE);
        String written = text.replaceFirst(
                "(?s)(<!-- generated.*?-->\n).*?(?=<!-- end -->)", "$1" + Matcher.quoteReplacement(settingsTable()));

        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(CONFIGURE, written);
        }
        assertThat(Files.readString(CONFIGURE)).isEqualTo(written);
    }

    private static String settingsTable() throws IOException {
        StringBuilder table = new StringBuilder("| variable | default | meaning |\n|---|---|---|\n");
        List<String> comment = new ArrayList<>();
        for (String line : Files.readAllLines(APPLICATION)) {
            Matcher setting = SETTING.matcher(line);
            if (line.strip().startsWith("# ")) {
                comment.add(line.strip().substring(2));
                continue;
            }
            if (setting.matches()) {
                assertThat(comment).as(line).isNotEmpty();
                table.append("| `%s` | %s | %s |\n"
                        .formatted(setting.group(1), standard(setting.group(2)), String.join(" ", comment)));
            }
            comment.clear();
        }
        return table.toString();
    }

    /** @param written the default, which may contain other settings */
    private static String standard(String written) throws IOException {
        if (written.isEmpty()) {
            return "–";
        }
        Matcher other = Pattern.compile("\\$\\{clips\\.([a-z.-]+)}?").matcher(written);
        if (other.lookingAt()) {
            String key = other.group(1).replaceFirst(".*\\.", "");
            Matcher variable =
                    Pattern.compile("\\s" + key + ": \\$\\{([A-Z0-9_]+)").matcher(Files.readString(APPLICATION));
            assertThat(variable.find()).as(written).isTrue();
            return "`" + variable.group(1) + written.substring(other.end()) + "`";
        }
        return "`" + written.replace("${java.io.tmpdir}", "/tmp") + "`";
    }

    @Test
    void everyLinkLeadsToAFileAndEveryPathIsThere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            String text = BLOCK.matcher(Files.readString(page)).replaceAll("");
            LINK.matcher(text)
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.startsWith("http"))
                    .filter(link -> !Files.exists(
                            page.resolveSibling(link.replaceFirst("#.*", "")).normalize()))
                    .forEach(link -> broken.add(page + ": " + link));
            PATH.matcher(text)
                    .results()
                    .map(path -> path.group(1))
                    .filter(path -> !path.startsWith("target") && !isThere(path))
                    .forEach(path -> broken.add(page + ": " + path));
        }
        assertThat(broken).isEmpty();
    }

    private static boolean isThere(String path) {
        String inTree = path.startsWith("camel")
                ? "src/main/resources/" + path
                : path.startsWith("routes") ? "src/main/java/" + path : path;
        return Files.exists(Path.of(inTree)) || Files.exists(Path.of("src/main/resources/" + path));
    }

    @Test
    void everyClassAndTestThatIsNamedIsThere() throws IOException {
        Set<String> classes;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        classes.add("EmptyAnswers");
        Map<String, String> unknown = new TreeMap<>();
        for (Path page : pages()) {
            Pattern.compile("`(?:routes\\.[a-z.]*)?((?:[A-Z][a-z0-9]+){2,})`")
                    .matcher(Files.readString(page))
                    .results()
                    .map(name -> name.group(1))
                    .filter(name ->
                            !classes.contains(name) && !OF_OTHERS.matcher(name).matches())
                    .forEach(name -> unknown.put(name, page.toString()));
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everySettingThatIsNamedExists() throws IOException {
        String application = Files.readString(APPLICATION);
        Set<String> known = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)")
                .matcher(application)
                .results()
                .map(setting -> setting.group(1))
                .collect(Collectors.toSet());
        Pattern named = Pattern.compile(
                "`((?:AWS|S3|SQS|JWT|API|JOBS|CLIP|LOG|SERVER|MANAGEMENT|CONSOLE|FFMPEG|SCRATCH|TRANSCODE|KEYS|UPLOAD|PLAYLIST|MEDIACONVERT)"
                        + "_[A-Z0-9_]+)`");
        for (Path page : pages()) {
            named.matcher(Files.readString(page))
                    .results()
                    .map(setting -> setting.group(1))
                    .filter(name ->
                            !name.matches("AWS_(REGION|ENDPOINT_URL|PROFILE|ACCESS_KEY_ID|SECRET_ACCESS_KEY).*"))
                    .filter(name -> !name.startsWith("CLIP_") || known.contains(name) || !isOutcome(name))
                    .forEach(name -> assertThat(known).as("%s", page).contains(name));
        }
    }

    private static boolean isOutcome(String name) {
        return Stream.of(routes.clip.ClipOutcome.values())
                .anyMatch(outcome -> outcome.name().equals(name));
    }

    @Test
    void everyMeterOfTheTableIsCounted() throws IOException {
        Set<String> counted = new HashSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                Pattern.compile("\"(camclips\\.[a-z.]+)\"")
                        .matcher(Files.readString(source))
                        .results()
                        .forEach(meter -> counted.add(meter.group(1).replace('.', '_')));
            }
        }
        Set<String> told = Pattern.compile("`(camclips_[a-z_]+)")
                .matcher(Files.readString(DOCS.resolve("operate.md")))
                .results()
                .map(meter -> meter.group(1)
                        .replaceFirst("_(total|seconds|bytes)$", "")
                        .replaceFirst("_bytes$", ""))
                .collect(Collectors.toSet());

        assertThat(counted.stream().map(name -> name.replaceFirst("_(seconds|bytes)$", "")))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void everyDecisionIsListedAndCitedByCode() throws IOException {
        String index = Files.readString(DOCS.resolve("decisions/README.md"));
        StringBuilder code = new StringBuilder();
        for (String folder : List.of("src", "helm", "image")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(file -> file.toString().matches(".*\\.(java|yaml|options|sh)"))
                        .toList()) {
                    code.append(Files.readString(file));
                }
            }
        }
        Set<String> numbers = new HashSet<>();
        try (Stream<Path> files = Files.list(DOCS.resolve("decisions"))) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("\\d{4}-.*\\.md"))
                    .toList()) {
                String number = file.getFileName().toString().substring(0, 4);
                assertThat(numbers.add(number)).as(number).isTrue();
                assertThat(index).contains("(" + file.getFileName() + ")");
                assertThat(code.indexOf("docs/decisions/" + number))
                        .as("code that cites %s", file)
                        .isNotNegative();
                assertThat(Files.readString(file)).contains("## Context\n", "## Decision\n", "## Cost\n");
            }
        }
        Pattern.compile("docs/decisions/(\\d{4})").matcher(code).results().forEach(cited -> assertThat(numbers)
                .contains(cited.group(1)));
    }

    /** Shell blocks have no GNU-only option, and call scripts, tests and Maven profiles that exist. */
    @Test
    void commandsArePortable() throws IOException {
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                if (block.group(1).isEmpty()) {
                    assertThat(block.group(2))
                            .as("%s", page)
                            .doesNotContain("date -d", "date -u -d", "sed -i ", "grep -P", "readlink -f");
                    Pattern.compile("(?m)^((?:image|\\.ci|src|\\./mvnw)[/\\w.-]*)")
                            .matcher(block.group(2))
                            .results()
                            .forEach(script ->
                                    assertThat(Path.of(script.group(1))).exists());
                    Pattern.compile("-Dtest=(\\w+)")
                            .matcher(block.group(2))
                            .results()
                            .forEach(test -> assertThat(testNames()).contains(test.group(1)));
                    Pattern.compile("(?m)^\\./mvnw.*-P(\\w+)")
                            .matcher(block.group(2))
                            .results()
                            .forEach(call -> assertThat(pom()).contains("<id>" + call.group(1) + "</id>"));
                }
            }
        }
    }

    @Test
    void fencesAndTablesAreWhole() throws IOException {
        for (Path page : pages()) {
            String text = Files.readString(page);
            assertThat(text.lines().filter(line -> line.startsWith("```")).count() % 2)
                    .as("%s", page)
                    .isZero();
            int columns = 0;
            for (String line : text.lines().toList()) {
                boolean row = line.startsWith("|");
                int bars = line.replace("\\|", "").replaceAll("[^|]", "").length();
                assertThat(!row || columns == 0 || bars == columns)
                        .as("%s: %s", page, line)
                        .isTrue();
                columns = row ? bars : 0;
            }
        }
    }

    private static Set<String> testNames() {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return fail(e);
        }
    }

    private static String pom() {
        try {
            return Files.readString(Path.of("pom.xml"));
        } catch (IOException e) {
            return fail(e);
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(Path.of(""), DOCS, DOCS.resolve("decisions"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".md"))
                        .forEach(pages::add);
            }
        }
        assertThat(pages).hasSizeGreaterThan(10);
        return pages;
    }
}
