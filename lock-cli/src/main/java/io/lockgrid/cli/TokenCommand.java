package io.lockgrid.cli;

import picocli.CommandLine.Command;

/** {@code lockgrid token}: the access tokens of the grid. */
@Command(
        name = "token",
        subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Creates, lists and revokes the access tokens of a grid.",
            "",
            "A token is a secret that a client shows to say who it is. Every node knows every token, by its hash alone."
                    + " Only an owner of every namespace may use these verbs."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "    lockgrid token create --name ci --role application --namespaces 'ci/*,prod'",
            "    lockgrid token list",
            "    lockgrid token revoke --name ci"
        })
final class TokenCommand {
    static final String PATH = "/v1/tokens";
}
