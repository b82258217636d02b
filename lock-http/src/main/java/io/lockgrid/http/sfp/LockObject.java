package io.lockgrid.http.sfp;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lockgrid.http.wire.Json;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Lock.Standing;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Ticket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * A lock request as the sfp server shows it. Members that do not apply are null, never left out: {@code queuePosition}
 * of one that does not wait, {@code leaseStart} and {@code fencingToken} of one that never held.
 *
 * @param clusterTimeMillis the moment for which {@code leaseRemainingSeconds} is said, in ms of clusterTime
 */
record LockObject(LockName lock, Standing standing, long clusterTimeMillis) {
    /** The holder family of this API. */
    static final String FAMILY = "sfp";

    /** As {@code Date.toISOString} of JavaScript writes it, which always has three digits of milliseconds. */
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    void writeTo(JsonGenerator out) throws IOException {
        switch (standing) {
            case Standing.Waiting(Ticket ticket, int position) -> {
                begin(out, ticket, "queued");
                out.writeNumberField("queuePosition", position);
                out.writeNullField("leaseStart");
                finish(out, ticket, ticket.createdWallMillis(), 0);
            }
            case Standing.Holding(Hold hold) -> {
                begin(out, hold.ticket(), "acquired");
                out.writeNullField("queuePosition");
                writeTime(out, "leaseStart", hold.grantedWallMillis());
                finish(out, hold.ticket(), hold.grantedWallMillis(), hold.token());
                Json.writeSeconds(
                        out, "leaseRemainingSeconds", Math.max(0, hold.expiresAtMillis() - clusterTimeMillis));
            }
            case Standing.Over(EndedTicket ended) -> {
                begin(out, ended.ticket(), "released");
                out.writeNullField("queuePosition");
                if (ended.wasGranted()) {
                    writeTime(out, "leaseStart", ended.grantedWallMillis());
                } else {
                    out.writeNullField("leaseStart");
                }
                finish(out, ended.ticket(), ended.endedWallMillis(), ended.token());
                out.writeStringField("endReason", ended.end().name().toLowerCase(Locale.ROOT));
            }
        }
        out.writeEndObject();
    }

    /** The token that its holder has now, 0 if it does not hold. */
    long tokenHeld() {
        return standing instanceof Standing.Holding(Hold hold) ? hold.token() : 0;
    }

    private void begin(JsonGenerator out, Ticket ticket, String status) throws IOException {
        out.writeStartObject();
        writeIdentity(out, lock, ticket.id());
        out.writeStringField("status", status);
    }

    /** @param token 0 is written as null */
    private static void finish(JsonGenerator out, Ticket ticket, long updatedWallMillis, long token)
            throws IOException {
        Json.writeSeconds(out, "leaseDurationSeconds", ticket.leaseMillis());
        writeTime(out, "createdAt", ticket.createdWallMillis());
        writeTime(out, "updatedAt", updatedWallMillis);
        out.writeStringField("requestedBy", requestor(ticket.holder()));
        if (token == 0) {
            out.writeNullField("fencingToken");
        } else {
            out.writeNumberField("fencingToken", token);
        }
    }

    /** The row id is derived from the ticket, so that every node says the same. */
    static void writeIdentity(JsonGenerator out, LockName lock, String ticket) throws IOException {
        byte[] seed = ticket.getBytes(StandardCharsets.UTF_8);
        out.writeStringField("id", UUID.nameUUIDFromBytes(seed).toString());
        out.writeStringField("ticketId", ticket);
        out.writeStringField("repository", lock.namespace());
        out.writeStringField("resource", lock.name());
    }

    /** Who came through another API is shown with its family, so that names of two families do not look the same. */
    private static String requestor(Holder holder) {
        return holder.family().equals(FAMILY) ? holder.name() : holder.toString();
    }

    private static void writeTime(JsonGenerator out, String field, long wallMillis) throws IOException {
        out.writeStringField(field, ISO.format(Instant.ofEpochMilli(wallMillis)));
    }
}
