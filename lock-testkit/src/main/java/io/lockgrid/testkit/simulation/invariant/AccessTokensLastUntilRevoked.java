package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.AccessToken;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.Map;
import java.util.TreeMap;

/** An access token is there, as it was asked for, from its creation to its revocation, and neither before nor after. */
public final class AccessTokensLastUntilRevoked implements Invariant {
    private final Map<String, AccessToken> expected = new TreeMap<>();

    @Override
    public void check(Observation step) {
        if (step.firstTime()) {
            step.answers().forEach(answer -> follow(answer, step));
        }
        var listed = step.after().accessTokens();
        require(
                listed.equals(expected.values().stream().toList()),
                "access tokens should be %s but are %s",
                expected.values(),
                listed);
    }

    /** Of a keyed command it cannot be told from outside whether it ran: what it names is taken as it is. */
    private void follow(Observation.Answered answer, Observation step) {
        switch (Observation.bare(answer.command())) {
            case Command.CreateAccessToken c when answer.command() instanceof Command.Keyed -> take(c.name(), step);
            case Command.RevokeAccessToken c when answer.command() instanceof Command.Keyed -> take(c.name(), step);
            case Command.CreateAccessToken c
            when answer.outcome() instanceof Outcome.AccessTokenCreated created ->
                expected.put(
                        c.name(),
                        new AccessToken(c.name(), c.hash(), c.role(), c.namespaces(), created.createdWallMillis()));
            case Command.RevokeAccessToken c
            when answer.outcome() instanceof Outcome.AccessTokenRevoked -> expected.remove(c.name());
            default -> {}
        }
    }

    private void take(String name, Observation step) {
        expected.remove(name);
        for (AccessToken token : step.after().accessTokens()) {
            if (token.name().equals(name)) {
                expected.put(name, token);
            }
        }
    }
}
