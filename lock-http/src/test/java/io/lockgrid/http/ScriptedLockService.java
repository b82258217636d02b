package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.NodeStatus;
import io.lockgrid.testkit.LocalLockService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A lock service whose log answers as the test says: late, never, or with a failure. */
final class ScriptedLockService implements LockService {
    private final LocalLockService local = new LocalLockService();
    private final CountDownLatch submitted = new CountDownLatch(1);
    private final Supplier<? extends CompletionStage<Answer>> submit;
    private final Supplier<? extends CompletionStage<View>> read;

    private ScriptedLockService(
            Supplier<? extends CompletionStage<Answer>> submit, Supplier<? extends CompletionStage<View>> read) {
        this.submit = submit;
        this.read = read;
    }

    static ScriptedLockService failing(Throwable failure) {
        return new ScriptedLockService(
                () -> CompletableFuture.failedFuture(failure), () -> CompletableFuture.failedFuture(failure));
    }

    static ScriptedLockService answering(CompletionStage<Answer> answer) {
        return new ScriptedLockService(() -> answer, CompletableFuture::new);
    }

    /** It takes no command; reads are answered. */
    static ScriptedLockService reading(Supplier<? extends CompletionStage<View>> read) {
        return new ScriptedLockService(CompletableFuture::new, read);
    }

    /** It keeps everything to itself. */
    static ScriptedLockService silent() {
        return new ScriptedLockService(CompletableFuture::new, CompletableFuture::new);
    }

    static ScriptedLockService throwing(RuntimeException defect) {
        return new ScriptedLockService(
                () -> {
                    throw defect;
                },
                () -> {
                    throw defect;
                });
    }

    /** Returns once a command has been submitted. */
    void awaitSubmission() throws InterruptedException {
        assertThat(submitted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public CompletionStage<Answer> submit(Command command) {
        submitted.countDown();
        return submit.get();
    }

    @Override
    public CompletionStage<View> read() {
        return read.get();
    }

    @Override
    public CompletionStage<View> at(long index) {
        return read.get();
    }

    @Override
    public CompletableFuture<View> settled(LockName lock, String ticket) {
        return local.settled(lock, ticket);
    }

    @Override
    public CompletionStage<Members> members() {
        return local.members();
    }

    @Override
    public NodeStatus status() {
        return local.status();
    }
}
