package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lockgrid.http.auth.Access;
import io.lockgrid.http.auth.AccessConfig;
import io.lockgrid.http.auth.AuthMode;
import io.lockgrid.http.auth.JwtConfig;
import io.lockgrid.http.auth.Secrets;
import io.lockgrid.statemachine.AccessToken;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Role;
import io.lockgrid.testkit.LocalLockService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the golden conversations about {@code /v1/tokens} cannot show. */
class TokensTest {
    @TempDir
    private Path folder;

    private final LocalLockService locks = new LocalLockService();
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = TestApi.start(locks);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theGridKnowsTheHashOfTheSecretThatWasTold() throws Exception {
        String first = create("{\"name\":\"ci\",\"role\":\"application\",\"namespaces\":[\"ci/*\"]}");
        String second = create("{\"name\":\"admin\",\"role\":\"owner\"}");

        assertThat(first).matches("lockgrid_[A-Za-z0-9_-]{43}").isNotEqualTo(second);
        LockSpace space = locks.status().space();
        long created = LocalLockService.WALL_START.toEpochMilli();
        assertThat(space.accessToken(Secrets.hash(first)))
                .contains(new AccessToken("ci", Secrets.hash(first), Role.APPLICATION, List.of("ci/*"), created));
        assertThat(space.accessToken(Secrets.hash(second)))
                .map(AccessToken::role)
                .contains(Role.OWNER);
    }

    @Test
    void aListingHasEveryTokenInOrderOfNameAndNoSecret() throws Exception {
        List<String> names = new ArrayList<>();
        for (int number = Limits.ACCESS_TOKENS_MAX - 1; number >= 0; number--) {
            String name = "t%05d".formatted(number);
            names.addFirst(name);
            locks.submit(new Command.CreateAccessToken(name, "%064x".formatted(number), Role.MEMBER, List.of("a*")));
        }
        String body = api.send("GET /v1/tokens", "").body();

        assertThat(valuesOf("name", body)).isEqualTo(names);
        assertThat(body).doesNotContain("%064x".formatted(7), "hash");
        assertThat(api.send("POST /v1/tokens", "{\"name\":\"more\",\"role\":\"owner\"}"))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(409))
                .satisfies(refused -> assertThat(refused.body()).contains("there are as many tokens as there may be"));
    }

    @Test
    void nobodyButAnOwnerOfEveryNamespaceIsServed() throws Exception {
        String program = create("{\"name\":\"ci\",\"role\":\"application\"}");
        String restricted = create("{\"name\":\"some\",\"role\":\"owner\",\"namespaces\":[\"ci/*\"]}");
        String owner = create("{\"name\":\"admin\",\"role\":\"owner\"}");
        Path file = Files.writeString(folder.resolve("owner"), "an-owner-token-of-the-test");
        Access access = Access.read(new AccessConfig(AuthMode.TOKEN, Optional.of(file), JwtConfig.NONE, 0));
        int submissions = locks.submissions();
        try (TestApi guarded = TestApi.start(TestApi.CONFIG.withAccess(access), locks)) {
            for (String line : List.of("GET /v1/tokens", "POST /v1/tokens", "DELETE /v1/tokens/ci", "PUT /v1/tokens")) {
                for (String secret : List.of(program, restricted)) {
                    RawHttp.Response refused = guarded.send(line, "", "Authorization: Bearer " + secret);
                    assertThat(refused.status()).as(line).isEqualTo(403);
                    assertThat(refused.header("Content-Type")).contains("application/problem+json");
                    assertThat(refused.body()).contains("may not use /v1/tokens: that takes the role owner");
                }
            }
            assertThat(locks.submissions()).isEqualTo(submissions);
            assertThat(guarded.send("DELETE /v1/tokens/ci", "", "Authorization: Bearer " + owner)
                            .status())
                    .isEqualTo(204);
            assertThat(guarded.send("GET /v1/status", "", "Authorization: Bearer " + program)
                            .status())
                    .isEqualTo(401);
        }
    }

    private String create(String body) throws Exception {
        RawHttp.Response response = api.send("POST /v1/tokens", body);
        assertThat(response.status()).as(response.body()).isEqualTo(201);
        return valuesOf("token", response.body()).getFirst();
    }

    private static List<String> valuesOf(String field, String json) throws Exception {
        List<String> values = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals(field)) {
                    values.add(parser.nextTextValue());
                }
            }
        }
        return values;
    }
}
