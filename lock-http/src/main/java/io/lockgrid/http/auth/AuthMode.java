package io.lockgrid.http.auth;

/** How a node finds out who calls. */
public enum AuthMode {
    /** Not at all: everybody may do everything. Only for a node that no other machine can reach. */
    OPEN,
    /** By access tokens, which the grid keeps, and the owner token of the node. */
    TOKEN,
    /** By JSON Web Tokens that somebody else issues; access tokens are taken too. */
    JWT
}
