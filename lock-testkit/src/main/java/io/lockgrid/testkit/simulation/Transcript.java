package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What happened in a run, in the language of the scenarios of lock-statemachine: put into a file there, its entries run
 * again. What a scenario has no word for, such as a lost reply, stands in it as a comment.
 */
class Transcript {
    /** Keeps nothing: most runs are never read. */
    static final Transcript NONE = new Transcript() {
        @Override
        void step(Step step) {}

        @Override
        void entry(Entry entry) {}

        @Override
        void result(Core.Result result) {}
    };

    private final List<String> lines = new ArrayList<>();

    void step(Step step) {
        switch (step) {
            case Step.RestoreLeader() -> lines.addAll(List.of("snapshot-and-restore", "----", "nothing happens", ""));
            case Step.Tick() -> {}
            case Step.Send(var node, var commands) ->
                lines.addAll(List.of("# node " + node + " sends " + commands.size() + " command(s)", ""));
            default -> lines.addAll(List.of("# " + step, ""));
        }
    }

    void entry(Entry entry) {
        lines.add("stamp " + entry.stampMillis() + "ms");
        if (entry.batches().isEmpty()) {
            lines.add("tick");
        }
        entry.batches().forEach(this::batch);
        lines.add("----");
    }

    void result(Core.Result result) {
        result.outcomes().forEach(outcome -> lines.add(words(outcome)));
        result.events().forEach(event -> lines.add("  * " + words(event)));
        if (result.outcomes().isEmpty() && result.events().isEmpty()) {
            lines.add("nothing happens");
        }
        lines.add("");
    }

    String text() {
        return String.join("\n", lines);
    }

    private void batch(Batch batch) {
        lines.add("batch origin=" + batch.origin() + " seq=" + batch.sequence() + " floor=" + batch.floor());
        batch.commands().forEach(command -> lines.add("  " + words(command)));
    }

    private static String words(Command command) {
        return switch (command) {
            case Command.TryAcquire c ->
                "try-acquire " + c.lock() + " " + c.ticket() + " " + c.holder() + " " + c.leaseMillis() + "ms";
            case Command.Enqueue c ->
                "enqueue " + c.lock() + " " + c.ticket() + " " + c.holder() + " " + c.leaseMillis() + "ms waiters-max="
                        + c.waitersMax();
            case Command.Renew c -> "renew " + c.lock() + " " + c.ticket() + " " + c.leaseMillis() + "ms";
            case Command.ReleaseTicket c -> "release " + c.lock() + " " + c.ticket();
            case Command.ReleaseHolder c -> "release-holder " + c.lock() + " " + c.holder();
            case Command.Clear c -> "clear " + c.lock();
            case Command.Purge c -> "purge " + c.itemsMax();
            case Command.CreateAccessToken c ->
                "create-access-token " + c.name() + " " + c.hash() + " "
                        + c.role().name().toLowerCase(Locale.ROOT) + " " + String.join(",", c.namespaces());
            case Command.RevokeAccessToken c -> "revoke-access-token " + c.name();
            case Command.Keyed c -> "keyed " + c.key() + " " + c.fingerprint() + " " + words(c.command());
        };
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Granted o ->
                "granted " + o.ticket() + " token=" + o.token() + " until=" + time(o.expiresAtMillis());
            case Outcome.Queued o -> "queued " + o.ticket() + " position=" + o.position();
            case Outcome.Renewed o ->
                "renewed " + o.ticket() + " token=" + o.token() + " until=" + time(o.expiresAtMillis());
            case Outcome.Released o -> o.end().name().toLowerCase(Locale.ROOT) + " " + o.ticket();
            case Outcome.Cleared o -> "cleared tickets=" + o.tickets();
            case Outcome.Purged o -> "purged tickets=" + o.endedTickets() + " keys=" + o.requestKeys();
            case Outcome.AccessTokenCreated o -> "access token created " + o.name();
            case Outcome.AccessTokenRevoked o -> "access token revoked " + o.name();
            case Outcome.Refused o -> "refused " + o.reason();
        };
    }

    private static String words(Event event) {
        String ticket = event.lock() + " " + event.ticket() + " ";
        return ticket
                + switch (event) {
                    case Event.Queued e -> "queued";
                    case Event.Granted e ->
                        "granted to " + e.holder() + " token=" + e.token() + " until=" + time(e.expiresAtMillis());
                    case Event.Renewed e -> "renewed until=" + time(e.expiresAtMillis());
                    case Event.Ended e ->
                        e.end().name().toLowerCase(Locale.ROOT) + (e.token() == 0 ? "" : " token=" + e.token());
                };
    }

    private static String time(long millis) {
        return "%d.%03ds".formatted(millis / 1_000, millis % 1_000);
    }
}
