package routes.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClientIdentityTest {
    @Test
    void subjectsThatDifferAreNeverTakenForOne() {
        String longName = "a".repeat(128);
        List<String> subjects = List.of(
                "somebody",
                "some body",
                "some\tbody",
                "some?body",
                "müller",
                "möller",
                "m?ller",
                "オペレーター",
                "оператор",
                longName,
                longName + "b",
                longName + "c",
                "somebody~x",
                ClientIdentity.shown("some body"));

        Set<String> shown = subjects.stream().map(ClientIdentity::shown).collect(Collectors.toSet());

        assertThat(shown).hasSameSizeAs(subjects).allMatch(name -> name.matches("[!-~]{1,128}"));
        assertThat(ClientIdentity.shown("somebody")).isEqualTo("somebody");
        assertThat(ClientIdentity.shown("some body")).startsWith("some?body~");
    }
}
