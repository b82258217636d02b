package io.lockgrid.statemachine;

/** What a caller may do. */
public enum Role {
    /** Everything, the access tokens included. */
    OWNER,
    /** Everything with locks: for programs. */
    APPLICATION,
    /** Nothing but to see and release tickets of one's own. */
    MEMBER
}
