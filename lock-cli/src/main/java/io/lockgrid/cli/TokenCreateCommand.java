package io.lockgrid.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockgrid token create}: prints a new secret, and nothing else, on the standard output. */
@Command(
        name = "create",
        sortOptions = false,
        description = {
            "Creates an access token and prints its secret, which is shown this once.",
            "",
            "The secret is all that goes to the standard output; the rest goes to the standard error."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "    lockgrid token create --name ci --role application",
            "    TOKEN=$(lockgrid token create --name ci --role application --namespaces 'ci/*,prod')"
        })
final class TokenCreateCommand implements Callable<Integer> {
    private static final List<String> ROLES = List.of("owner", "application", "member");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = {
                "Name of the token: who its bearer is, 1 to 128 bytes.",
                "It is free again once the token is revoked."
            })
    private String name = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            completionCandidates = Roles.class,
            description = {
                "What the bearer may do: ${COMPLETION-CANDIDATES}.",
                "owner: everything, access tokens included. application: everything with locks. member: see and release"
                        + " tickets of its own."
            })
    private String role = "";

    @Option(
            names = "--namespaces",
            split = ",",
            paramLabel = "PATTERN",
            description = {
                "Namespaces that the bearer may use: patterns in which * stands for any run of characters, at most 64.",
                "Default: every namespace."
            })
    private List<String> namespaces = new ArrayList<>();

    @Mixin
    private GridOptions grid = new GridOptions();

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec here = Objects.requireNonNull(spec, "picocli injects it");
        if (!ROLES.contains(role)) {
            throw new ParameterException(
                    here.commandLine(), "\"" + role + "\" is no role; --role is one of " + String.join(", ", ROLES));
        }
        ObjectNode request =
                NodeAnswer.JSON.createObjectNode().put("name", name).put("role", role);
        List<String> patterns = namespaces.stream().map(String::strip).toList();
        patterns.forEach(request.putArray("namespaces")::add);
        String secret = secret(new GridClient(grid).send("POST", TokenCommand.PATH, request.toString(), 201));
        here.commandLine().getOut().println(secret);
        here.commandLine()
                .getErr()
                .println("Created the token " + name + ": role " + role + ", namespaces "
                        + (patterns.isEmpty() ? "*" : String.join(",", patterns)) + ". Its secret is shown this once.");
        return 0;
    }

    private static String secret(String answer) {
        try {
            JsonNode secret = NodeAnswer.JSON.readTree(answer).path("token");
            if (secret.isTextual()) {
                return secret.textValue();
            }
        } catch (JsonProcessingException e) {
            // Not the answer of a node: said below.
        }
        throw new CallFailedException("the answer holds no secret, so it is not a node's");
    }

    static final class Roles extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Roles() {
            super(ROLES);
        }
    }
}
