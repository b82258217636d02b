package io.lockgrid.http.wire;

import io.lockgrid.http.auth.Credential;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One published API: its routes, its JSON and its errors. Each event loop has its own instance, so it needs no locks
 * and must never block.
 */
public interface ApiFamily {
    /** First segments of the paths that lead here; the empty one stands for the path {@code /}. */
    List<String> firstSegments();

    /**
     * Answers a request: parses, validates everything, submits, replies. May throw what its future may fail with: a
     * {@link Rejection} is the reply it holds, anything else becomes {@link #failure}.
     */
    Future<Reply> handle(Call call);

    /** What a request shows to say who sent it, in the place where this family's clients put it; null if nothing. */
    @Nullable
    Credential credential(Call call);

    /** Whether a request is answered whoever sent it, for example a probe of a load balancer. */
    default boolean isPublic(Call call) {
        return false;
    }

    /** What this family says when a request could not be answered by {@link #handle}. */
    Reply failure(Call call, Failure failure);

    /** The last touch on every reply, e.g. a header that each has. */
    default Reply finish(Call call, Reply reply) {
        return reply;
    }
}
