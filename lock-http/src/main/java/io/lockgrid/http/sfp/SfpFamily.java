package io.lockgrid.http.sfp;

import io.lockgrid.http.auth.Credential;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Percent;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.LockName;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lock routes of the sfp server, taken apart as Express does: segments are split first and decoded then, so that a
 * repository {@code owner%2Frepo} is one segment; a trailing slash is ignored; a wrong method is an unknown route.
 */
public final class SfpFamily implements ApiFamily {
    private static final String BASE = "/sfp/api";
    private static final Reply ALIVE = SfpReplies.json(200, Json.text("{\"status\":\"ok\"}"));

    private final TicketHandlers tickets;
    private final ResourceHandlers resources;
    private final QueueHandler queue;

    public SfpFamily(Locks locks, TicketIds ticketIds, long leaseMillisMax) {
        this.tickets = new TicketHandlers(locks);
        this.resources = new ResourceHandlers(locks);
        this.queue = new QueueHandler(locks, ticketIds, leaseMillisMax);
    }

    @Override
    public List<String> firstSegments() {
        return List.of("sfp");
    }

    @Override
    public @Nullable Credential credential(Call call) {
        return Credential.bearer(call);
    }

    @Override
    public boolean isPublic(Call call) {
        return isHealth(call.path());
    }

    @Override
    public Future<Reply> handle(Call call) {
        String path = call.path();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String method = call.method().equals("HEAD") ? "GET" : call.method();
        if (isHealth(path)) {
            return method.equals("GET") ? Future.succeededFuture(ALIVE) : noSuchRoute(call);
        }
        if (trimmed.equals(BASE + "/locks")) {
            return method.equals("POST") ? queue.queue(call) : noSuchRoute(call);
        }
        if (!trimmed.startsWith(BASE + "/locks/")) {
            return noSuchRoute(call);
        }
        return lockRoute(
                call,
                method,
                trimmed.substring(BASE.length() + "/locks/".length()).split("/", -1));
    }

    private static boolean isHealth(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.equals(BASE) || trimmed.equals(BASE + "/ping");
    }

    /** @param segments what comes after {@code locks}, still escaped: repository, resource, ticket, acquire */
    private Future<Reply> lockRoute(Call call, String method, String[] segments) {
        for (String segment : segments) {
            if (segment.isEmpty()) {
                return noSuchRoute(call);
            }
        }
        return switch (segments.length) {
            case 2 -> resourceRoute(call, method, lock(segments));
            case 3 -> ticketRoute(call, method, lock(segments), decode(segments[2]));
            case 4 -> {
                boolean isAcquire = method.equals("POST") && segments[3].equals("acquire");
                yield isAcquire ? tickets.acquire(lock(segments), decode(segments[2])) : noSuchRoute(call);
            }
            default -> noSuchRoute(call);
        };
    }

    private Future<Reply> resourceRoute(Call call, String method, LockName lock) {
        return switch (method) {
            case "GET" -> resources.list(lock);
            case "DELETE" -> resources.clear(lock);
            default -> noSuchRoute(call);
        };
    }

    private Future<Reply> ticketRoute(Call call, String method, LockName lock, String ticket) {
        return switch (method) {
            case "GET" -> tickets.status(lock, ticket);
            case "DELETE" -> tickets.release(lock, ticket);
            default -> noSuchRoute(call);
        };
    }

    private static LockName lock(String[] segments) {
        String repository = decode(segments[0]);
        String resource = decode(segments[1]);
        List<String> broken = new ArrayList<>();
        QueueRequest.checkName("repository", QueueRequest.Property.text(repository), broken);
        QueueRequest.checkName("resource", QueueRequest.Property.text(resource), broken);
        if (!broken.isEmpty()) {
            throw SfpReplies.invalid(broken);
        }
        return new LockName(repository, resource);
    }

    private static String decode(String segment) {
        String text = Percent.decode(segment, false);
        if (text == null) {
            throw SfpReplies.badRequest("Failed to decode param '" + segment + "'");
        }
        return text;
    }

    private static Future<Reply> noSuchRoute(Call call) {
        return Future.succeededFuture(SfpReplies.noSuchRoute(call.method(), call.uri()));
    }

    @Override
    public Reply failure(Call call, Failure failure) {
        return SfpReplies.failure(failure);
    }
}
