package routes.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the page as browsers get them. */
class PageModulesTest {
    private static final Path CONSOLE = Path.of("src/main/resources/console");
    private static final Pattern UNSAFE = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|localStorage");
    private static final Pattern LAZY = Pattern.compile("import\\('\\./([^']+)'\\)");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import) '([^']+)'");

    /** Otherwise a browser finds each module only after it has read those that import it. */
    @Test
    void everyModuleIsPreloadedUnlessItIsLoadedWhenItIsNeeded() throws IOException {
        String index = Files.readString(CONSOLE.resolve("index.html"));
        Set<String> lazy = new HashSet<>();
        for (Path module : modules()) {
            LAZY.matcher(Files.readString(module)).results().forEach(found -> lazy.add(found.group(1)));
        }

        assertThat(lazy).containsExactly("stream.js");
        for (Path module : modules()) {
            boolean isPreloaded = Pattern.compile("(href|src)=\"console/" + Pattern.quote(module.getFileName() + "\""))
                    .matcher(index)
                    .find();
            assertThat(isPreloaded)
                    .as(module.toString())
                    .isNotEqualTo(lazy.contains(module.getFileName().toString()));
        }
    }

    @Test
    void modulesImportOnlyEachOtherAndTheViewLibrary() throws IOException {
        for (Path module : modules()) {
            IMPORT.matcher(Files.readString(module))
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !name.startsWith("./lib/"))
                    .forEach(name -> assertThat(module.resolveSibling(name).normalize())
                            .as(module.toString())
                            .exists());
        }
    }

    @Test
    void textBecomesMarkupNowhereAndTokensAreStoredNowhere() throws IOException {
        for (Path module : modules()) {
            assertThat(UNSAFE.matcher(Files.readString(module)).results().map(found -> found.group()))
                    .as(module.toString())
                    .isEmpty();
        }
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> files = Files.list(CONSOLE)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .sorted()
                    .toList();
        }
    }
}
