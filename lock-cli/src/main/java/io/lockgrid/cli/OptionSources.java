package io.lockgrid.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where the value of an option that was not given comes from: {@code --http-port} from the variable
 * {@code LOCKGRID_HTTP_PORT}, else from the line {@code http-port=…} of the {@code --config} file, else its default.
 * Picocli asks once it has read all flags, and only for those that are not there, so that flags come first. A variable
 * that is empty counts as not set.
 */
final class OptionSources implements IDefaultValueProvider {
    private static final String CONFIG = "--config";

    private final Map<String, String> environment;

    OptionSources(Map<String, String> environment) {
        this.environment = environment;
    }

    /** A value that was found. */
    private record Found(String value, String source) {}

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return find(argument).map(Found::value).orElse(null);
    }

    /** Says where the value of an option comes from, if it was not given as a flag. */
    Optional<String> source(ArgSpec argument) {
        return find(argument).map(Found::source);
    }

    private Optional<Found> find(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.arity().max() == 0) {
            return Optional.empty();
        }
        String name = option.longestName();
        return variable(name).or(() -> name.equals(CONFIG) ? Optional.empty() : line(option.command(), name));
    }

    private Optional<Found> variable(String option) {
        String name = "LOCKGRID_" + key(option).toUpperCase(Locale.ROOT).replace('-', '_');
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? Optional.empty() : Optional.of(new Found(value, "the variable " + name));
    }

    private Optional<Found> line(CommandSpec command, String option) {
        OptionSpec config = command.findOption(CONFIG);
        if (config == null) {
            return Optional.empty();
        }
        Path given = config.getValue();
        Optional<Path> file = Optional.ofNullable(given)
                .or(() -> variable(CONFIG).map(Found::value).map(Path::of));
        return file.flatMap(path -> Optional.ofNullable(read(command, path).getProperty(key(option)))
                .map(value -> new Found(value.strip(), path.toString())));
    }

    private static Properties read(CommandSpec command, Path file) {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (NoSuchFileException e) {
            throw new ParameterException(command.commandLine(), "there is no file " + file + " (" + CONFIG + ")");
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(
                    command.commandLine(), "the file " + file + " (" + CONFIG + ") cannot be read: " + e);
        }
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            OptionSpec option = command.findOption("--" + key);
            if (option == null || option.arity().max() == 0 || key.equals(key(CONFIG))) {
                throw new ParameterException(
                        command.commandLine(),
                        "the file " + file + " (" + CONFIG + ") sets \"" + key + "\", which is not an option there");
            }
        }
        return properties;
    }

    private static String key(String option) {
        return option.substring("--".length());
    }
}
