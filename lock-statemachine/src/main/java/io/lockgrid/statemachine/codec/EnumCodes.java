package io.lockgrid.statemachine.codec;

import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.Outcome.Reason;

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
            default -> throw new FormatException("no reason has the number " + code);
        };
    }
}
