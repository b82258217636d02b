package io.lockgrid.testkit.agent;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.util.function.Consumer;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * A method that is changed when its class is loaded.
 *
 * @param type name of the class
 * @param method the method; the class must have one that matches, and no more
 * @param advice class whose advice is woven in. It is read as a file and never run: what it names is loaded only with
 *     the class that it is woven into, so that no class of the product is loaded before it can be changed
 */
public record Change(String type, ElementMatcher<? super MethodDescription> method, Class<?> advice) {
    /** A change of the method of this name. */
    public Change(String type, String method, Class<?> advice) {
        this(type, named(method), advice);
    }

    /** Prepares the change. What does not match (any more) is told to {@code onMismatch}. */
    AgentBuilder into(AgentBuilder builder, Consumer<String> onMismatch) {
        var weave = new AgentBuilder.Transformer.ForAdvice()
                .include(Change.class.getClassLoader())
                .advice(method, advice.getName());
        return builder.type(named(type)).transform((target, description, loader, module, domain) -> {
            check(description, onMismatch);
            return weave.transform(target, description, loader, module, domain);
        });
    }

    private void check(TypeDescription description, Consumer<String> onMismatch) {
        int found = description.getDeclaredMethods().filter(method).size();
        if (found != 1) {
            onMismatch.accept(type + " has " + found + " methods that " + advice.getName() + " can change");
        }
    }
}
