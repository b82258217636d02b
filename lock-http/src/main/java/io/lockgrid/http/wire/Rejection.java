package io.lockgrid.http.wire;

/** Ends the handling of a request with a reply, from however deep in its parsing. */
public class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Reply reply;

    /** Bad requests are expected; a stack trace of each would cost more than the request. */
    public Rejection(Reply reply) {
        super("rejected with status " + reply.status(), null, false, false);
        this.reply = reply;
    }

    public Reply reply() {
        return reply;
    }
}
