package io.lockgrid.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockgrid token revoke}: no node takes the token from then on. */
@Command(
        name = "revoke",
        sortOptions = false,
        description = {
            "Revokes an access token: its secret is worth nothing from now on.",
            "",
            "Locks that its bearer holds stay held until they are released or expire."
        })
final class TokenRevokeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Name of the token.")
    private String name = "";

    @Mixin
    private GridOptions grid = new GridOptions();

    @Override
    public Integer call() throws InterruptedException {
        String segment = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        new GridClient(grid).send("DELETE", TokenCommand.PATH + "/" + segment, "", 204);
        Objects.requireNonNull(spec, "picocli injects it")
                .commandLine()
                .getOut()
                .println("Revoked the token " + name + ".");
        return 0;
    }
}
