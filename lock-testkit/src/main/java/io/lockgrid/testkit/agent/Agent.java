package io.lockgrid.testkit.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
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
     * @param arguments {@code hooks=FOLDER}
     */
    public static void premain(String arguments, Instrumentation instrumentation) {
        Map<String, String> options = parse(arguments);
        AgentBuilder builder = new AgentBuilder.Default()
                .with(AgentBuilder.TypeStrategy.Default.REDEFINE)
                .with(new EndOnError());
        String hooks = options.get("hooks");
        if (hooks != null) {
            Hooks.lookIn(new File(hooks));
            for (Change change : PointAdvice.CHANGES) {
                builder = change.into(builder, Agent::end);
            }
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
