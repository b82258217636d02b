package io.lockgrid.http.sfp;

import io.lockgrid.http.auth.Credential;
import io.lockgrid.http.wire.ApiFamily;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.LockName;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lock routes of the sfp server, and those of its neighbours that probes and generators ask for. */
public final class SfpFamily implements ApiFamily {
    private static final Reply ALIVE = SfpReplies.json(200, Json.text("{\"status\":\"ok\"}"));

    private final TicketHandlers tickets;
    private final ResourceHandlers resources;
    private final QueueHandler queue;
    private final Reply apiDocument;

    /** @param apiDocument what is answered where the sfp server has its OpenAPI document */
    public SfpFamily(Locks locks, TicketIds ticketIds, long leaseMillisMax, int waitersPerLock, Reply apiDocument) {
        this.apiDocument = apiDocument;
        this.tickets = new TicketHandlers(locks);
        this.resources = new ResourceHandlers(locks);
        this.queue = new QueueHandler(locks, ticketIds, leaseMillisMax, waitersPerLock);
    }

    @Override
    public List<String> firstSegments() {
        return List.of("sfp");
    }

    @Override
    public @Nullable Credential credential(Call call) {
        return Credential.bearer(call);
    }

    /** What is not served at all is so whoever asks: NestJS looks for the route first. */
    @Override
    public boolean isPublic(Call call) {
        return switch (SfpRoute.of(call)) {
            case SfpRoute.Ping ping -> true;
            case SfpRoute.ApiDocument document -> true;
            case SfpRoute.None none -> true;
            default -> false;
        };
    }

    @Override
    public Future<Reply> handle(Call call) {
        return switch (SfpRoute.of(call)) {
            case SfpRoute.Ping ping -> Future.succeededFuture(ALIVE);
            case SfpRoute.ApiDocument document -> Future.succeededFuture(apiDocument);
            case SfpRoute.Queue ticket -> queue.queue(call);
            case SfpRoute.ListAll(LockName lock) -> resources.list(call.caller(), lock);
            case SfpRoute.Clear(LockName lock) -> resources.clear(call.caller(), lock);
            case SfpRoute.Status(LockName lock, String ticket) -> tickets.status(call, lock, ticket);
            case SfpRoute.Release(LockName lock, String ticket) -> tickets.release(call.caller(), lock, ticket);
            case SfpRoute.Acquire(LockName lock, String ticket) -> tickets.acquire(call, lock, ticket);
            case SfpRoute.None none -> Future.succeededFuture(SfpReplies.noSuchRoute(call.method(), call.uri()));
        };
    }

    @Override
    public Reply failure(Call call, Failure failure) {
        return SfpReplies.failure(failure);
    }
}
