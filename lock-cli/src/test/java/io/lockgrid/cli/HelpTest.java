package io.lockgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
    /** Each verb as it is typed, those below others included, for example {@code token create}. */
    static Stream<String> verbs() {
        return verbs(Main.commandLine(Map.of()), "");
    }

    private static Stream<String> verbs(CommandLine command, String before) {
        return command.getSubcommands().entrySet().stream()
                .flatMap(verb -> Stream.concat(
                        Stream.of(before + verb.getKey()), verbs(verb.getValue(), before + verb.getKey() + " ")));
    }

    private static Called help(String verb) {
        return Called.with((verb + " --help").split(" ", -1));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void helpOfAVerbSaysWhatEveryOptionDoes(String verb) {
        Called called = help(verb);
        assertThat(called.code()).isZero();
        CommandLine command = Main.commandLine(Map.of());
        for (String word : verb.split(" ", -1)) {
            command = command.getSubcommands().get(word);
        }
        for (OptionSpec option : command.getCommandSpec().options()) {
            assertThat(called.out()).contains(option.longestName());
            assertThat(List.of(option.description())).as(option.longestName()).isNotEmpty();
        }
    }

    @Test
    void helpOfTheNodeGivesDefaultsExamplesAndExitCodes() {
        assertThat(Called.with("node", "--help").out().replaceAll("\\s+", " "))
                .contains("Default: 7701", "Default: 24h", "Default: 500ms", "LOCKGRID_HTTP_PORT")
                .contains("lockgrid node --id n1 --peers n1=127.0.0.1:7801 --data data/n1")
                .contains("Exit codes: 0 the node was told to end", " 70 it could no longer keep its promises");
    }

    @Test
    void helpNamesTheVerbs() {
        assertThat(Called.with("--help").out()).contains("node", "status", "token", "repair", "completion");
        assertThat(Called.with("token", "--help").out()).contains("create", "list", "revoke");
    }

    @Test
    void noLineOfTheHelpIsWide() {
        verbs().forEach(verb -> assertThat(help(verb).out().lines()).as(verb).allMatch(line -> line.length() <= 100));
    }

    @Test
    void callWithoutAVerbIsWrong() {
        Called called = Called.with();
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.errorLines())
                .containsExactly("lockgrid: Missing required subcommand", "Try: lockgrid --help");
    }

    @Test
    void misspelledVerbIsSuggested() {
        Called called = Called.with("nod");
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.errorLines())
                .containsExactly("lockgrid: Unmatched argument at index 0: 'nod'", "Did you mean: lockgrid node?");
    }

    @Test
    void versionNamesTheJavaToo() {
        Called called = Called.with("--version");
        assertThat(called.code()).isZero();
        assertThat(called.out().strip()).isEqualTo("lockgrid development on Java " + Runtime.version());
    }

    @Test
    void completionKnowsVerbsAndOptions() {
        Called called = Called.with("completion");
        assertThat(called.code()).isZero();
        assertThat(called.out())
                .startsWith("#!/usr/bin/env bash")
                .contains("complete -F _complete_lockgrid", "--election-timeout", "--nodes", "completion")
                .contains("token_create", "--namespaces", "application");
    }
}
