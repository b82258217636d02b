package io.lockgrid.testkit.agent;

import io.lockgrid.testkit.agent.mutant.Mutant;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import net.bytebuddy.agent.builder.AgentBuilder;

/**
 * The agent as a file for the nodes of a test, made of the classes that this process runs with: so it is there however
 * the testkit was started, and can be put where a container sees it.
 */
public final class AgentJar {
    /**
     * Log segments of 16 KB in place of 64 MB, and each is deleted once a snapshot stands for it. A node that was away
     * for some hundred entries then needs the leader's snapshot, as one that was away for millions does else.
     */
    public static final String SHORT_LOG = "log=short";

    private static final String LIBRARY = "byte-buddy.jar";
    private static final String PACKAGE = Agent.class.getPackageName().replace('.', '/');

    private AgentJar() {}

    /**
     * Writes the agent and the library that it needs.
     *
     * @param folder is made if it is not there
     * @return {@code folder/agent.jar}, which can be moved with its folder
     * @throws UncheckedIOException if it cannot be written
     */
    public static Path pack(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.copy(origin(AgentBuilder.class), folder.resolve(LIBRARY), StandardCopyOption.REPLACE_EXISTING);
            Path jar = folder.resolve("agent.jar");
            Path own = origin(Agent.class);
            if (Files.isDirectory(own)) {
                write(jar, own);
            } else {
                try (FileSystem inside = FileSystems.newFileSystem(own)) {
                    write(jar, inside.getPath("/"));
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The option of the JVM that brings the agent into a node; the paths are those that the node sees.
     *
     * @param hooks see {@link TestHooks#folder}
     * @param further {@link #SHORT_LOG}, or what {@link Mutant#option} says
     */
    public static String option(Path jar, Path hooks, String... further) {
        String option = "-javaagent:" + jar.toAbsolutePath() + "=hooks=" + hooks.toAbsolutePath();
        return further.length == 0 ? option : option + "," + String.join(",", further);
    }

    private static void write(Path jar, Path classes) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest())) {
            for (Path entry : filesBelow(classes.resolve(PACKAGE))) {
                out.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
                Files.copy(entry, out);
            }
        }
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.CLASS_PATH, LIBRARY);
        attributes.putValue("Premain-Class", Agent.class.getName());
        return manifest;
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the classes of " + type + " are in no file", e);
        }
    }
}
