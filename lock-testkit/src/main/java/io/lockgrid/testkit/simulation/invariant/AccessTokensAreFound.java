package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.statemachine.AccessToken;
import io.lockgrid.testkit.simulation.Invariant;
import io.lockgrid.testkit.simulation.Observation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Each access token that is listed is found by its hash and by its name, and no other that was ever listed is. */
public final class AccessTokensAreFound implements Invariant {
    private final Map<String, Optional<AccessToken>> byHash = new HashMap<>();
    private final Map<String, Optional<AccessToken>> byName = new HashMap<>();

    @Override
    public void check(Observation step) {
        byHash.replaceAll((hash, token) -> Optional.empty());
        byName.replaceAll((name, token) -> Optional.empty());
        step.after().accessTokens().forEach(token -> {
            byHash.put(token.hash(), Optional.of(token));
            byName.put(token.name(), Optional.of(token));
        });
        byHash.forEach((hash, expected) -> {
            Optional<AccessToken> found = step.space().accessToken(hash);
            require(found.equals(expected), "%s is found as %s, not as %s", hash, found, expected);
        });
        byName.forEach((name, expected) -> {
            Optional<AccessToken> found = step.space().accessTokenNamed(name);
            require(found.equals(expected), "%s is found as %s, not as %s", name, found, expected);
        });
    }
}
