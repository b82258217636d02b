package io.lockgrid.http.v1;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.auth.Secrets;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.JsonParts;
import io.lockgrid.http.wire.JsonStyle;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Percent;
import io.lockgrid.http.wire.Problem;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.statemachine.AccessToken;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Outcome.Reason;
import io.lockgrid.statemachine.Role;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.lockgrid.statemachine.service.LockService.View;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code /v1/tokens}: the access tokens of the grid, created, listed and revoked by an owner. A secret is told once, in
 * the answer to its creation; the log gets its hash.
 */
final class TokenRoutes {
    static final String PATH = "/v1/tokens";

    private static final String JSON = "application/json";
    private static final String SECRET_PREFIX = "lockgrid_";
    private static final int SECRET_BYTES = 32;

    /** Its bytes come from a source that never waits for entropy, so an event loop may ask for them. */
    private final SecureRandom random = new SecureRandom();

    private final Locks locks;

    TokenRoutes(Locks locks) {
        this.locks = locks;
    }

    /** Answers a request whose path is {@link #PATH} or below it. */
    Future<Reply> handle(Call call) {
        checkOwner(call.caller());
        if (call.path().equals(PATH)) {
            return switch (call.method()) {
                case "GET" -> locks.read().map(TokenRoutes::listed);
                case "POST" -> create(call);
                default -> Future.succeededFuture(Problem.wrongMethod(call, "GET, POST"));
            };
        }
        String segment = call.path().substring(PATH.length() + 1);
        if (segment.isEmpty() || segment.contains("/")) {
            return Future.succeededFuture(Problem.noSuchRoute(call));
        }
        return call.method().equals("DELETE")
                ? revoke(segment)
                : Future.succeededFuture(Problem.wrongMethod(call, "DELETE"));
    }

    /** An owner of some namespaces could give out tokens for all of them, so is none here. */
    static void checkOwner(Caller caller) {
        if (caller.role() != Role.OWNER || !caller.namespaces().areAll()) {
            throw new Failure.Carrier(new Failure.Forbidden(
                    caller.name(), PATH + ": that takes the role owner, and no restriction of its namespaces"));
        }
    }

    private Future<Reply> create(Call call) {
        String type = call.contentType();
        if (!type.isEmpty() && !type.equals(JSON)) {
            return Future.succeededFuture(
                    Problem.of(415, "Unsupported Media Type", "the body has to be " + JSON + ", not " + type));
        }
        return call.body().map(TokenRequest::read).compose(asked -> {
            String secret = drawSecret();
            Command command =
                    new Command.CreateAccessToken(asked.name(), Secrets.hash(secret), asked.role(), asked.namespaces());
            return locks.submit(command).map(answer -> created(asked, secret, answer));
        });
    }

    private String drawSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return SECRET_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Reply created(TokenRequest asked, String secret, Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.AccessTokenCreated created ->
                Reply.of(201, JSON, Json.object(out -> {
                            writeIdentity(out, asked.name(), asked.role(), asked.namespaces());
                            out.writeStringField("token", secret);
                            writeCreatedAt(out, created.createdWallMillis());
                        }))
                        .with("Cache-Control", "no-store")
                        .from(answer);
            case Outcome.Refused(var reason)
            when reason == Reason.ACCESS_TOKEN_EXISTS ->
                Problem.of(409, "Conflict", "a token with the name " + asked.name() + " exists; revoke it first")
                        .from(answer);
            case Outcome.Refused(var reason)
            when reason == Reason.TOO_MANY_ACCESS_TOKENS ->
                Problem.of(409, "Conflict", "there are as many tokens as there may be; revoke one first")
                        .from(answer);
            case Outcome other -> throw new IllegalStateException("a creation cannot have the outcome " + other);
        };
    }

    /** Looks first, so that a name that nobody knows leaves no trace in the log. */
    private Future<Reply> revoke(String segment) {
        String name = Percent.decode(segment, false);
        if (name == null) {
            throw TokenRequest.badRequest("the name of the token is not valid percent-encoded UTF-8");
        }
        String fault = TokenRequest.faultOf(name);
        if (fault != null) {
            throw TokenRequest.badRequest(fault);
        }
        return locks.read().compose(view -> {
            return view.space().accessTokenNamed(name).isPresent()
                    ? locks.submit(new Command.RevokeAccessToken(name)).map(answer -> revoked(name, answer))
                    : Future.succeededFuture(unknown(name).from(view));
        });
    }

    private static Reply revoked(String name, Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.AccessTokenRevoked revoked ->
                Reply.of(204, "", Buffer.buffer()).from(answer);
            case Outcome.Refused(var reason)
            when reason == Reason.NO_SUCH_ACCESS_TOKEN -> unknown(name).from(answer);
            case Outcome other -> throw new IllegalStateException("a revocation cannot have the outcome " + other);
        };
    }

    private static Reply unknown(String name) {
        return Problem.of(404, "Not Found", "there is no token with the name " + name);
    }

    /** In parts even where it is short, since the tokens are put in order when the first part is asked for. */
    private static Reply listed(View view) {
        Iterator<AccessToken> tokens = Stream.of(view.space())
                .flatMap(space -> space.accessTokens().stream())
                .iterator();
        return Reply.inParts(
                        200,
                        JSON,
                        new JsonParts<>(
                                JsonStyle.COMPACT,
                                out -> {
                                    out.writeStartObject();
                                    out.writeArrayFieldStart("tokens");
                                },
                                tokens,
                                (out, token) -> {
                                    out.writeStartObject();
                                    writeIdentity(out, token.name(), token.role(), token.namespaces());
                                    writeCreatedAt(out, token.createdWallMillis());
                                    out.writeEndObject();
                                },
                                out -> {
                                    out.writeEndArray();
                                    out.writeEndObject();
                                }))
                .from(view);
    }

    private static void writeIdentity(JsonGenerator out, String name, Role role, List<String> namespaces)
            throws IOException {
        out.writeStringField("name", name);
        out.writeStringField("role", role.name().toLowerCase(Locale.ROOT));
        out.writeArrayFieldStart("namespaces");
        for (String pattern : namespaces) {
            out.writeString(pattern);
        }
        out.writeEndArray();
    }

    /** In UTC, as ISO 8601 has it. */
    private static void writeCreatedAt(JsonGenerator out, long wallMillis) throws IOException {
        out.writeStringField("createdAt", Instant.ofEpochMilli(wallMillis).toString());
    }
}
