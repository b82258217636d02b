package io.lockgrid.statemachine.codec;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Command.Clear;
import io.lockgrid.statemachine.Command.CreateAccessToken;
import io.lockgrid.statemachine.Command.Enqueue;
import io.lockgrid.statemachine.Command.Keyed;
import io.lockgrid.statemachine.Command.Purge;
import io.lockgrid.statemachine.Command.ReleaseHolder;
import io.lockgrid.statemachine.Command.ReleaseTicket;
import io.lockgrid.statemachine.Command.Renew;
import io.lockgrid.statemachine.Command.RevokeAccessToken;
import io.lockgrid.statemachine.Command.TryAcquire;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import java.util.ArrayList;
import java.util.List;

/** Commands inside a batch: a kind, then its fields. The kinds are numbers of the format and are never used again. */
final class CommandCodec {
    private static final int TRY_ACQUIRE = 1;
    private static final int ENQUEUE = 2;
    private static final int RENEW = 3;
    private static final int RELEASE_TICKET = 4;
    private static final int RELEASE_HOLDER = 5;
    private static final int CLEAR = 6;
    private static final int PURGE = 7;
    private static final int KEYED = 8;
    private static final int ENQUEUE_BOUNDED = 9;
    private static final int CREATE_ACCESS_TOKEN = 10;
    private static final int REVOKE_ACCESS_TOKEN = 11;

    private CommandCodec() {}

    static void write(ByteWriter out, Command command) {
        switch (command) {
            case TryAcquire(var lock, var ticket, var holder, var leaseMillis) -> {
                out.writeByte(TRY_ACQUIRE);
                writeRequest(out, lock, ticket, holder, leaseMillis);
            }
            case Enqueue enqueue -> writeEnqueue(out, enqueue);
            case Renew(var lock, var ticket, var leaseMillis) -> {
                out.writeByte(RENEW);
                writeLock(out, lock);
                out.writeText(ticket).writeVarint(leaseMillis);
            }
            case ReleaseTicket(var lock, var ticket) -> {
                out.writeByte(RELEASE_TICKET);
                writeLock(out, lock);
                out.writeText(ticket);
            }
            case ReleaseHolder(var lock, var holder) -> {
                out.writeByte(RELEASE_HOLDER);
                writeLock(out, lock);
                writeHolder(out, holder);
            }
            case Clear(var lock) -> {
                out.writeByte(CLEAR);
                writeLock(out, lock);
            }
            case Purge(var itemsMax) -> out.writeByte(PURGE).writeVarint(itemsMax);
            case CreateAccessToken(var name, var hash, var role, var namespaces) -> {
                out.writeByte(CREATE_ACCESS_TOKEN).writeText(name).writeText(hash);
                out.writeByte(EnumCodes.of(role));
                writeTexts(out, namespaces);
            }
            case RevokeAccessToken(var name) ->
                out.writeByte(REVOKE_ACCESS_TOKEN).writeText(name);
            case Keyed(var key, var fingerprint, var inner) -> {
                out.writeByte(KEYED).writeText(key).writeLong(fingerprint);
                write(out, inner);
            }
        }
    }

    /** @throws IllegalArgumentException if a field is out of range */
    static Command read(ByteReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case TRY_ACQUIRE -> new TryAcquire(readLock(in), in.readText(), readHolder(in), in.readVarint());
            case ENQUEUE ->
                new Enqueue(readLock(in), in.readText(), readHolder(in), in.readVarint(), Limits.WAITERS_PER_LOCK_MAX);
            case ENQUEUE_BOUNDED -> readEnqueueBounded(in);
            case RENEW -> new Renew(readLock(in), in.readText(), in.readVarint());
            case RELEASE_TICKET -> new ReleaseTicket(readLock(in), in.readText());
            case RELEASE_HOLDER -> new ReleaseHolder(readLock(in), readHolder(in));
            case CLEAR -> new Clear(readLock(in));
            case PURGE -> new Purge(Math.toIntExact(in.readVarint()));
            case CREATE_ACCESS_TOKEN ->
                new CreateAccessToken(in.readText(), in.readText(), EnumCodes.role(in.readByte()), readTexts(in));
            case REVOKE_ACCESS_TOKEN -> new RevokeAccessToken(in.readText());
            case KEYED -> readKeyed(in);
            default -> throw new FormatException("no command has the number " + kind);
        };
    }

    /** A keyed command in a keyed command is refused before it is read, so that garbage cannot exhaust the stack. */
    private static Command readKeyed(ByteReader in) {
        String key = in.readText();
        long fingerprint = in.readLong();
        if (in.peekByte() == KEYED) {
            throw new FormatException("a keyed command cannot hold another");
        }
        return new Keyed(key, fingerprint, read(in));
    }

    /** The bound of the format itself goes without saying, so the first form stays the one for it. */
    private static void writeEnqueue(ByteWriter out, Enqueue command) {
        boolean bounded = command.waitersMax() < Limits.WAITERS_PER_LOCK_MAX;
        out.writeByte(bounded ? ENQUEUE_BOUNDED : ENQUEUE);
        writeRequest(out, command.lock(), command.ticket(), command.holder(), command.leaseMillis());
        if (bounded) {
            out.writeVarint(command.waitersMax());
        }
    }

    private static Enqueue readEnqueueBounded(ByteReader in) {
        Enqueue command = new Enqueue(
                readLock(in), in.readText(), readHolder(in), in.readVarint(), Math.toIntExact(in.readVarint()));
        if (command.waitersMax() == Limits.WAITERS_PER_LOCK_MAX) {
            throw new FormatException("an enqueue with the bound of the format is written without it");
        }
        return command;
    }

    private static void writeRequest(ByteWriter out, LockName lock, String ticket, Holder holder, long leaseMillis) {
        writeLock(out, lock);
        out.writeText(ticket);
        writeHolder(out, holder);
        out.writeVarint(leaseMillis);
    }

    static void writeTexts(ByteWriter out, List<String> texts) {
        out.writeVarint(texts.size());
        texts.forEach(out::writeText);
    }

    static List<String> readTexts(ByteReader in) {
        List<String> texts = new ArrayList<>();
        for (int count = in.readCount(); count > 0; count--) {
            texts.add(in.readText());
        }
        return texts;
    }

    static void writeLock(ByteWriter out, LockName lock) {
        out.writeText(lock.namespace()).writeText(lock.name());
    }

    static LockName readLock(ByteReader in) {
        return new LockName(in.readText(), in.readText());
    }

    static void writeHolder(ByteWriter out, Holder holder) {
        out.writeText(holder.family()).writeText(holder.name());
    }

    static Holder readHolder(ByteReader in) {
        return new Holder(in.readText(), in.readText());
    }
}
