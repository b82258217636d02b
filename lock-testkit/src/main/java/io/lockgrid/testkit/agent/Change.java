package io.lockgrid.testkit.agent;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.util.function.Consumer;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.type.TypeDescription;

/**
 * A method that is changed when its class is loaded.
 *
 * @param type name of the class
 * @param method name of its method; there must be one of this name
 * @param advice class whose advice is woven in. It is read as a file and never run: what it names is loaded only with
 *     the class that it is woven into, so that no class of the product is loaded before it can be changed
 */
record Change(String type, String method, Class<?> advice) {
    /** Prepares the change. A method that is not there (any more) is told to {@code onMismatch}. */
    AgentBuilder into(AgentBuilder builder, Consumer<String> onMismatch) {
        var weave = new AgentBuilder.Transformer.ForAdvice()
                .include(Change.class.getClassLoader())
                .advice(named(method), advice.getName());
        return builder.type(named(type)).transform((target, description, loader, module, domain) -> {
            check(description, onMismatch);
            return weave.transform(target, description, loader, module, domain);
        });
    }

    private void check(TypeDescription description, Consumer<String> onMismatch) {
        int found = description.getDeclaredMethods().filter(named(method)).size();
        if (found != 1) {
            onMismatch.accept(found + " methods " + type + "." + method + ", to be changed by " + advice.getName());
        }
    }
}
