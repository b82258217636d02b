package io.lockgrid.statemachine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens of the grid, by name and by hash; immutable.
 *
 * @param byName each of them
 * @param byHash the same: no two have the same hash
 */
record AccessTokens(PersistentMap<String, AccessToken> byName, PersistentMap<String, AccessToken> byHash) {
    static AccessTokens empty() {
        return new AccessTokens(ExtensionsKt.persistentHashMapOf(), ExtensionsKt.persistentHashMapOf());
    }

    int size() {
        return byName.size();
    }

    /** The one of this name, or null. */
    @Nullable
    AccessToken find(String name) {
        return byName.get(name);
    }

    Optional<AccessToken> findByHash(String hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    boolean hasNameOrHash(String name, String hash) {
        return byName.containsKey(name) || byHash.containsKey(hash);
    }

    AccessTokens with(AccessToken token) {
        return new AccessTokens(byName.putting(token.name(), token), byHash.putting(token.hash(), token));
    }

    AccessTokens without(AccessToken token) {
        return new AccessTokens(byName.removing(token.name()), byHash.removing(token.hash()));
    }

    /** Sorted when asked for, which is seldom: a listing and a snapshot. */
    List<AccessToken> inOrderOfName() {
        List<AccessToken> sorted = new ArrayList<>(byName.values());
        sorted.sort(Comparator.comparing(AccessToken::name));
        return List.copyOf(sorted);
    }
}
