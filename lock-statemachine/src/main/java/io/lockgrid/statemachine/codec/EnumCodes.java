package io.lockgrid.statemachine.codec;

import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.Outcome.Reason;
import io.lockgrid.statemachine.Role;

/** The numbers that stand for enum values in the format. A number is never given to another value. */
final class EnumCodes {
    private EnumCodes() {}

    static int of(End end) {
        return switch (end) {
            case RELEASED -> 1;
            case EXPIRED -> 2;
            case CANCELLED -> 3;
            case CLEARED -> 4;
        };
    }

    static End end(int code) {
        return switch (code) {
            case 1 -> End.RELEASED;
            case 2 -> End.EXPIRED;
            case 3 -> End.CANCELLED;
            case 4 -> End.CLEARED;
            default -> throw new FormatException("no end of a ticket has the number " + code);
        };
    }

    static int of(Reason reason) {
        return switch (reason) {
            case HELD -> 1;
            case QUEUE_FULL -> 2;
            case TICKET_EXISTS -> 3;
            case TICKET_ENDED -> 4;
            case NO_SUCH_TICKET -> 5;
            case NO_SUCH_LOCK -> 6;
            case NOT_HELD -> 7;
            case HELD_BY_OTHER -> 8;
            case REQUEST_KEY_REUSED -> 9;
            case BATCH_FORGOTTEN -> 10;
            case ACCESS_TOKEN_EXISTS -> 11;
            case TOO_MANY_ACCESS_TOKENS -> 12;
            case NO_SUCH_ACCESS_TOKEN -> 13;
        };
    }

    static Reason reason(int code) {
        return switch (code) {
            case 1 -> Reason.HELD;
            case 2 -> Reason.QUEUE_FULL;
            case 3 -> Reason.TICKET_EXISTS;
            case 4 -> Reason.TICKET_ENDED;
            case 5 -> Reason.NO_SUCH_TICKET;
            case 6 -> Reason.NO_SUCH_LOCK;
            case 7 -> Reason.NOT_HELD;
            case 8 -> Reason.HELD_BY_OTHER;
            case 9 -> Reason.REQUEST_KEY_REUSED;
            case 10 -> Reason.BATCH_FORGOTTEN;
            case 11 -> Reason.ACCESS_TOKEN_EXISTS;
            case 12 -> Reason.TOO_MANY_ACCESS_TOKENS;
            case 13 -> Reason.NO_SUCH_ACCESS_TOKEN;
            default -> throw new FormatException("no reason has the number " + code);
        };
    }

    static int of(Role role) {
        return switch (role) {
            case OWNER -> 1;
            case APPLICATION -> 2;
            case MEMBER -> 3;
        };
    }

    static Role role(int code) {
        return switch (code) {
            case 1 -> Role.OWNER;
            case 2 -> Role.APPLICATION;
            case 3 -> Role.MEMBER;
            default -> throw new FormatException("no role has the number " + code);
        };
    }
}
