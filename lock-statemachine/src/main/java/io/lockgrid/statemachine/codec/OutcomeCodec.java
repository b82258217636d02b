package io.lockgrid.statemachine.codec;

import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Outcome.AccessTokenCreated;
import io.lockgrid.statemachine.Outcome.AccessTokenRevoked;
import io.lockgrid.statemachine.Outcome.Cleared;
import io.lockgrid.statemachine.Outcome.Granted;
import io.lockgrid.statemachine.Outcome.Purged;
import io.lockgrid.statemachine.Outcome.Queued;
import io.lockgrid.statemachine.Outcome.Refused;
import io.lockgrid.statemachine.Outcome.Released;
import io.lockgrid.statemachine.Outcome.Renewed;

/** Outcomes inside a reply or a snapshot: a kind, then its fields. */
final class OutcomeCodec {
    private static final int GRANTED = 1;
    private static final int QUEUED = 2;
    private static final int RENEWED = 3;
    private static final int RELEASED = 4;
    private static final int CLEARED = 5;
    private static final int PURGED = 6;
    private static final int REFUSED = 7;
    private static final int ACCESS_TOKEN_CREATED = 8;
    private static final int ACCESS_TOKEN_REVOKED = 9;

    private OutcomeCodec() {}

    static void write(ByteWriter out, Outcome outcome) {
        switch (outcome) {
            case Granted(var ticket, var token, var expiresAt, var grantedWall) ->
                out.writeByte(GRANTED)
                        .writeText(ticket)
                        .writeVarint(token)
                        .writeVarint(expiresAt)
                        .writeVarint(grantedWall);
            case Queued(var ticket, var position) ->
                out.writeByte(QUEUED).writeText(ticket).writeVarint(position);
            case Renewed(var ticket, var token, var expiresAt) ->
                out.writeByte(RENEWED).writeText(ticket).writeVarint(token).writeVarint(expiresAt);
            case Released(var ticket, var end) ->
                out.writeByte(RELEASED).writeText(ticket).writeByte(EnumCodes.of(end));
            case Cleared(var tickets) -> out.writeByte(CLEARED).writeVarint(tickets);
            case Purged(var ended, var keys) ->
                out.writeByte(PURGED).writeVarint(ended).writeVarint(keys);
            case AccessTokenCreated(var name, var createdWall) ->
                out.writeByte(ACCESS_TOKEN_CREATED).writeText(name).writeVarint(createdWall);
            case AccessTokenRevoked(var name) ->
                out.writeByte(ACCESS_TOKEN_REVOKED).writeText(name);
            case Refused(var reason) -> out.writeByte(REFUSED).writeByte(EnumCodes.of(reason));
        }
    }

    static Outcome read(ByteReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case GRANTED -> new Granted(in.readText(), in.readVarint(), in.readVarint(), in.readVarint());
            case QUEUED -> new Queued(in.readText(), Math.toIntExact(in.readVarint()));
            case RENEWED -> new Renewed(in.readText(), in.readVarint(), in.readVarint());
            case RELEASED -> new Released(in.readText(), EnumCodes.end(in.readByte()));
            case CLEARED -> new Cleared(Math.toIntExact(in.readVarint()));
            case PURGED -> new Purged(Math.toIntExact(in.readVarint()), Math.toIntExact(in.readVarint()));
            case REFUSED -> new Refused(EnumCodes.reason(in.readByte()));
            case ACCESS_TOKEN_CREATED -> new AccessTokenCreated(in.readText(), in.readVarint());
            case ACCESS_TOKEN_REVOKED -> new AccessTokenRevoked(in.readText());
            default -> throw new FormatException("no outcome has the number " + kind);
        };
    }
}
