package io.lockgrid.statemachine.scenario;

import io.lockgrid.statemachine.AccessToken;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words of scenarios: how commands are read, and how outcomes, events and locks are written. */
final class Text {
    private static final Pattern TIME = Pattern.compile("(\\d+)(?:\\.(\\d{3}))?(ms|s|m|h|d)");

    private Text() {}

    static Command command(String line) {
        String[] words = line.strip().split(" +", -1);
        return switch (words[0]) {
            case "try-acquire" -> new Command.TryAcquire(lock(words[1]), words[2], holder(words[3]), millis(words[4]));
            case "enqueue" ->
                new Command.Enqueue(lock(words[1]), words[2], holder(words[3]), millis(words[4]), waitersMax(words));
            case "create-access-token" ->
                new Command.CreateAccessToken(
                        words[1], hash(words[2]), Role.valueOf(words[3].toUpperCase(Locale.ROOT)), namespaces(words));
            case "revoke-access-token" -> new Command.RevokeAccessToken(words[1]);
            case "renew" -> new Command.Renew(lock(words[1]), words[2], millis(words[3]));
            case "release" -> new Command.ReleaseTicket(lock(words[1]), words[2]);
            case "release-holder" -> new Command.ReleaseHolder(lock(words[1]), holder(words[2]));
            case "clear" -> new Command.Clear(lock(words[1]));
            case "purge" -> new Command.Purge(Integer.parseInt(words[1]));
            case "keyed" -> {
                String rest = line.strip().split(" +", 4)[3];
                yield new Command.Keyed(words[1], Long.parseLong(words[2]), command(rest));
            }
            default -> throw new IllegalArgumentException("no command is called " + words[0]);
        };
    }

    private static int waitersMax(String[] words) {
        return words.length < 6
                ? Limits.WAITERS_PER_LOCK_MAX
                : Integer.parseInt(words[5].substring("waiters-max=".length()));
    }

    private static List<String> namespaces(String[] words) {
        return words.length < 5 ? List.of() : List.of(words[4].split(",", -1));
    }

    /** Written short, for the reader: the zeros in front of a hash are left out. */
    static String hash(String text) {
        return "0".repeat(64 - text.length()) + text;
    }

    static LockName lock(String text) {
        int slash = text.indexOf('/');
        return new LockName(text.substring(0, slash), text.substring(slash + 1));
    }

    private static Holder holder(String text) {
        int colon = text.indexOf(':');
        return new Holder(text.substring(0, colon), text.substring(colon + 1));
    }

    static long millis(String text) {
        var match = TIME.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not a time: " + text);
        }
        long unit = switch (match.group(3)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
        long thousandths = match.group(2) == null ? 0 : Long.parseLong(match.group(2));
        return Long.parseLong(match.group(1)) * unit + thousandths * unit / 1_000;
    }

    static String time(long millis) {
        return "%d.%03ds".formatted(millis / 1_000, millis % 1_000);
    }

    static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Granted(var ticket, var token, var until, var wall) ->
                "granted " + ticket + " token=" + token + " until=" + time(until);
            case Outcome.Queued(var ticket, var position) -> "queued " + ticket + " position=" + position;
            case Outcome.Renewed(var ticket, var token, var until) ->
                "renewed " + ticket + " token=" + token + " until=" + time(until);
            case Outcome.Released(var ticket, var end) -> word(end) + " " + ticket;
            case Outcome.Cleared(var tickets) -> "cleared tickets=" + tickets;
            case Outcome.Purged(var tickets, var keys) -> "purged tickets=" + tickets + " keys=" + keys;
            case Outcome.AccessTokenCreated(var name, var wall) -> "access token created " + name;
            case Outcome.AccessTokenRevoked(var name) -> "access token revoked " + name;
            case Outcome.Refused(var reason) -> "refused " + reason;
        };
    }

    /** Indented, so that what was answered stands out from what happened. */
    static String event(Event event) {
        return switch (event) {
            case Event.Queued(var lock, var ticket, var sequence) -> "  * " + lock + " " + ticket + " queued";
            case Event.Granted(var lock, var ticket, var holder, var token, var until) ->
                "  * " + lock + " " + ticket + " granted to " + holder + " token=" + token + " until=" + time(until);
            case Event.Renewed(var lock, var ticket, var token, var until) ->
                "  * " + lock + " " + ticket + " renewed until=" + time(until);
            case Event.Ended(var lock, var ticket, var end, var token) ->
                "  * " + lock + " " + ticket + " " + word(end) + (token == 0 ? "" : " token=" + token);
        };
    }

    static List<String> lines(Lock lock) {
        List<String> lines = new ArrayList<>();
        lines.add(lock.holder()
                .map(hold -> "holder " + hold.ticket().id() + " "
                        + hold.ticket().holder() + " token=" + hold.token() + " until=" + time(hold.expiresAtMillis()))
                .orElse("free"));
        lock.waiters()
                .forEach(waiter -> lines.add(
                        "waiter " + waiter.id() + " " + waiter.holder() + " lease=" + time(waiter.leaseMillis())));
        lock.ended()
                .forEach(ended -> lines.add(
                        "ended " + ended.id() + " " + word(ended.end()) + " at=" + time(ended.endedAtMillis())));
        return lines;
    }

    static String line(AccessToken token) {
        return token.name() + " " + token.hash().replaceFirst("^0+", "") + " "
                + token.role().name().toLowerCase(Locale.ROOT)
                + (token.namespaces().isEmpty() ? " everywhere" : " in " + String.join(",", token.namespaces()))
                + " created=" + token.createdWallMillis();
    }

    private static String word(End end) {
        return end.name().toLowerCase(Locale.ROOT);
    }
}
