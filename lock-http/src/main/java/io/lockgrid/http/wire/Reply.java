package io.lockgrid.http.wire;

import io.lockgrid.statemachine.service.LockService;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param status HTTP status
 * @param contentType value of that header, or empty for a reply without one
 * @param body the whole body, or the first part of it if there are more
 * @param more parts of the body that are made while they are sent, or null
 * @param index log index that the answer comes from, or {@link #NO_INDEX}
 * @param clusterTimeMillis the replicated clock at that index, in ms; means nothing without an index
 * @param token fencing token that the answer grants, or 0
 * @param headers further headers
 */
public record Reply(
        int status,
        String contentType,
        Buffer body,
        @Nullable Iterator<Buffer> more,
        long index,
        long clusterTimeMillis,
        long token,
        Map<String, String> headers) {
    /** The answer does not come from the log. */
    public static final long NO_INDEX = -1;

    public static Reply of(int status, String contentType, Buffer body) {
        return new Reply(status, contentType, body, null, NO_INDEX, 0, 0, Map.of());
    }

    /** A body too long to be made at once: the parts are asked for one by one, off the event loop. */
    public static Reply inParts(int status, String contentType, Iterator<Buffer> parts) {
        return new Reply(status, contentType, Buffer.buffer(), parts, NO_INDEX, 0, 0, Map.of());
    }

    public Reply from(LockService.Answer answer) {
        return at(answer.index(), answer.clusterTimeMillis());
    }

    public Reply from(LockService.View view) {
        return at(view.index(), view.space().clusterTimeMillis());
    }

    private Reply at(long logIndex, long clusterTime) {
        return new Reply(status, contentType, body, more, logIndex, clusterTime, token, headers);
    }

    public Reply granting(long fencingToken) {
        return new Reply(status, contentType, body, more, index, clusterTimeMillis, fencingToken, headers);
    }

    /** Says that the client's wish to wait was heeded, if it had one. */
    public Reply afterWait(Call call) {
        return call.waitSeconds() == 0 ? this : with("Preference-Applied", "wait=" + call.waitSeconds());
    }

    public Reply withBody(Buffer other) {
        return new Reply(status, contentType, other, more, index, clusterTimeMillis, token, headers);
    }

    public Reply withMore(Iterator<Buffer> other) {
        return new Reply(status, contentType, body, other, index, clusterTimeMillis, token, headers);
    }

    public Reply withContentType(String other) {
        return new Reply(status, other, body, more, index, clusterTimeMillis, token, headers);
    }

    public Reply with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, contentType, body, more, index, clusterTimeMillis, token, all);
    }
}
