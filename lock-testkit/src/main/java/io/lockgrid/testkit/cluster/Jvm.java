package io.lockgrid.testkit.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the distribution is run. */
final class Jvm {
    private Jvm() {}

    /** The {@code lockgrid} command on the JDK that runs this, with further options of the JVM. */
    static List<String> command(Path distribution, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ProbedCluster.JVM_OPTIONS);
        Path library = distribution.resolve("lib").toAbsolutePath();
        command.add("-XX:SharedArchiveFile=" + library.resolve("lockgrid.jsa"));
        command.add("-Xlog:cds*=off");
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options);
        command.addAll(List.of("-jar", library.resolve("lockgrid.jar").toString()));
        return command;
    }
}
