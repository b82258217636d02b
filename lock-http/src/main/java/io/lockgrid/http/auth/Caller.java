package io.lockgrid.http.auth;

import io.lockgrid.http.wire.Failure;
import io.lockgrid.statemachine.Role;

/**
 * Who sent a request, and what they may do.
 *
 * @param name of the token, or subject of the JWT; 1 to 512 bytes of UTF-8
 * @param namespaces in which the caller may use locks
 */
public record Caller(String name, Role role, Namespaces namespaces) {
    /** Everybody, where nobody is asked who they are. */
    public static final Caller ANYONE = new Caller("anonymous", Role.OWNER, Namespaces.ALL);

    /** Whether nobody was asked who they are; a caller whose name happens to be the same is somebody. */
    @SuppressWarnings("ReferenceEquality")
    public boolean isAnyone() {
        return this == ANYONE;
    }

    /**
     * Refuses a caller who may not use the locks of a namespace.
     *
     * @throws Failure.Carrier with {@link Failure.Forbidden}
     */
    public void checkUse(String namespace) {
        checkUse();
        if (!namespaces.include(namespace)) {
            throw new Failure.Carrier(new Failure.Forbidden(name, "namespace \"" + namespace + "\""));
        }
    }

    /**
     * Refuses a caller who may not use any lock.
     *
     * @throws Failure.Carrier with {@link Failure.Forbidden}
     */
    public void checkUse() {
        if (role == Role.MEMBER) {
            throw new Failure.Carrier(new Failure.Forbidden(name, "a member"));
        }
    }
}
