package io.lockgrid.bench.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** How programs are called. */
final class Commands {
    /** The same for every server that runs on a JVM. */
    private static final String SERVER_HEAP = "-Xmx512m";

    private static final List<String> CLIENT_OPTIONS = List.of("-Xmx1g", "-XX:+UseSerialGC");

    private Commands() {}

    static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }

    /** The first line that a program says; empty if it says nothing. */
    static String firstLine(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader said = process.inputReader()) {
                return Objects.requireNonNullElse(said.readLine(), "");
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return "";
        }
    }

    /** The name of a jar in a folder without its ending, by the begin of it that is not its version. */
    static String version(Path folder, String name) {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(jar -> jar.matches(name + "-\\d.*\\.jar"))
                    .map(jar -> jar.replaceFirst("\\.jar$", ""))
                    .findFirst()
                    .orElse(name);
        } catch (IOException e) {
            return name;
        }
    }

    /** The end of a sentence on a program that failed, given all that it said. */
    static String lastLine(String said) {
        String words = said.strip();
        return words.isEmpty()
                ? "; it said nothing"
                : "; it said last: " + words.substring(words.lastIndexOf('\n') + 1);
    }

    /** A server on a JVM. */
    static List<String> javaServer(String... arguments) {
        return java(List.of(SERVER_HEAP), List.of(arguments));
    }

    /** A client on a JVM. */
    static List<String> javaClient(List<String> arguments) {
        return java(CLIENT_OPTIONS, arguments);
    }

    /** The JVM is the one that runs this, told not to warn of what Netty does. */
    private static List<String> java(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(arguments);
        return command;
    }
}
