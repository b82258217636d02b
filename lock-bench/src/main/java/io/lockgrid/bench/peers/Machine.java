package io.lockgrid.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a run ran on. */
final class Machine {
    private Machine() {}

    /** The date, the machine, and the systems, by name. */
    static Map<String, String> about(List<Contender> contenders) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("Date", LocalDate.now(ZoneOffset.UTC).toString());
        about.put(
                "Machine",
                Runtime.getRuntime().availableProcessors() + " processors"
                        + value("/proc/cpuinfo", "model name")
                                .map(model -> " (" + model + ")")
                                .orElse("")
                        + value("/proc/meminfo", "MemTotal")
                                .map(memory -> ", memory " + memory)
                                .orElse("")
                        + ", Linux " + System.getProperty("os.version") + ", Java " + Runtime.version());
        about.put(
                "Systems",
                contenders.stream()
                        .map(contender -> contender.system().title())
                        .distinct()
                        .collect(Collectors.joining(", ")));
        return about;
    }

    private static Optional<String> value(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.replaceFirst(".*:\\s*", ""))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
