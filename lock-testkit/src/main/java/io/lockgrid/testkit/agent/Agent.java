package io.lockgrid.testkit.agent;

import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;

import io.lockgrid.testkit.agent.mutant.Mutant;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/**
 * What {@code -javaagent:JAR=hooks=FOLDER} brings into a node. It changes nothing but the classes that it names. A
 * change that cannot be made ends the process: a test would otherwise try nothing, and be green.
 */
public final class Agent {
    private static final int CANNOT_CHANGE = 3;

    private Agent() {}

    /**
     * Called by the JVM before {@code main}.
     *
     * @param arguments {@code hooks=FOLDER}, and {@code log=short} or {@code mutant=NAME}, separated by commas
     */
    public static void premain(String arguments, Instrumentation instrumentation) {
        Map<String, String> options = parse(arguments);
        Hooks.lookIn(new File(Objects.requireNonNull(options.get("hooks"), "hooks=FOLDER")));
        List<Change> changes = new ArrayList<>(PointAdvice.CHANGES);
        if (options.containsKey("log")) {
            changes.add(ShortLog.CHANGE);
        }
        String mutant = options.get("mutant");
        if (mutant != null) {
            changes.addAll(Mutant.named(mutant).changes());
        }
        // By name before all else: what the library would leave out by itself, it reads the files of all classes for.
        String[] types = changes.stream().map(Change::type).toArray(String[]::new);
        AgentBuilder builder =
                new AgentBuilder.Default().ignore(not(namedOneOf(types))).with(new EndOnError());
        for (Change change : changes) {
            builder = change.into(builder, Agent::end);
        }
        builder.installOn(instrumentation);
    }

    private static Map<String, String> parse(String arguments) {
        Map<String, String> options = new HashMap<>();
        for (String option : arguments.split(",", -1)) {
            int equals = option.indexOf('=');
            options.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return options;
    }

    private static void end(String why) {
        System.err.println("test agent: " + why);
        Runtime.getRuntime().halt(CANNOT_CHANGE);
    }

    private static final class EndOnError extends AgentBuilder.Listener.Adapter {
        @Override
        public void onError(
                String type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable problem) {
            end(type + " cannot be changed: " + problem);
        }
    }
}
