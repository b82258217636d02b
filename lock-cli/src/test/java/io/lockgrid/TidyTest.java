package io.lockgrid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What no compiler minds: sizes, leftovers, and links in the documents that lead nowhere. */
class TidyTest {
    /** One concept a file: the guide is 300, this is where it ends. */
    private static final int LINES_MAX = 400;

    private static final int COLUMNS_MAX = 120;

    // In pieces, so that this file does not find itself.
    private static final Pattern LEFTOVER = Pattern.compile("\\b(FIX" + "ME|TO" + "DO|XX" + "X)\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@Dis" + "abled\\b");
    private static final Pattern WAITING =
            Pattern.compile("\\b(Thread|TimeUnit\\.[A-Z]+|[A-Z]+SECONDS|SECONDS)\\.sl" + "eep\\b");

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("^(?:[a-z][a-z+.-]*:|#|//).*");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`\n]*`");

    private static final Path ROOT = root();
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules");

    @Test
    void noJavaFileIsTooLong() {
        assertThat(linesIn(".java").stream().filter(line -> line.number() == LINES_MAX + 1))
                .as("Java files that go on after line %d", LINES_MAX)
                .isEmpty();
    }

    @Test
    void noJavaLineIsTooWide() {
        assertNone("lines over " + COLUMNS_MAX + " columns", line -> line.text().length() > COLUMNS_MAX);
    }

    @Test
    void nothingIsLeftForLater() {
        assertNone("left for later", line -> LEFTOVER.matcher(line.text()).find());
    }

    @Test
    void noTestIsSwitchedOff() {
        assertNone("switched off", line -> SWITCHED_OFF.matcher(line.text()).find());
    }

    @Test
    void nothingWaitsByTheClockOnTheWall() {
        assertNone(
                "sleeping in place of waiting for something",
                line -> WAITING.matcher(line.text()).find());
    }

    @Test
    void everyLinkInADocumentLeadsSomewhere() {
        assertThat(filesNamed(".md").stream().flatMap(file -> deadLinks(file).stream()))
                .as("dead links")
                .isEmpty();
    }

    private static List<String> deadLinks(Path file) {
        return LINK.matcher(CODE.matcher(read(file)).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .filter(link -> !Files.exists(file.resolveSibling(link.replaceFirst("#.*", ""))))
                .map(link -> ROOT.relativize(file) + " links to " + link)
                .toList();
    }

    private static void assertNone(String what, Predicate<Line> unwanted) {
        assertThat(linesIn(".java").stream().filter(unwanted)).as(what).isEmpty();
    }

    private static List<Line> linesIn(String ending) {
        var lines = new ArrayList<Line>();
        for (Path file : filesNamed(ending)) {
            int number = 0;
            for (String text : read(file).split("\n", -1)) {
                lines.add(new Line(ROOT.relativize(file), ++number, text));
            }
        }
        return lines;
    }

    private static List<Path> filesNamed(String ending) {
        var files = new ArrayList<Path>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    boolean skip = !folder.equals(ROOT) && (name.startsWith(".") || NOT_OURS.contains(name));
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(ending)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(files).as("files named *%s under %s", ending, ROOT).isNotEmpty();
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maven runs the tests in the module's folder, an editor perhaps in the repository's. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("lock-statemachine"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private record Line(Path file, int number, String text) {
        @Override
        public String toString() {
            return file + ":" + number + ": " + text.strip();
        }
    }
}
