package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class AfterCommitPublisherTest {

    private final List<String> announced = new ArrayList<>();
    private final AfterCommitPublisher publisher = new AfterCommitPublisher(StatePublisher.of(
            RevisionCounter.sequential(), event -> announced.add(event.topic() + "@" + event.revision()), "test"));
    private final List<String> story = new ArrayList<>();
    private final TellingTransactions manager = new TellingTransactions(story);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);

    @Test
    void withoutATransactionItAnnouncesAtOnce() {
        assertThat(publisher.invalidate("prices")).isCompletedWithValue(new Revision(1));
        assertThat(announced).containsExactly("prices@1");
    }

    @Test
    void insideATransactionItAnnouncesAfterTheCommitOncePerTopic() {
        List<CompletableFuture<Revision>> issued = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            issued.add(publisher.invalidate("prices"));
            issued.add(publisher.invalidate("stock"));
            issued.add(publisher.invalidate("prices"));
            assertThat(announced).isEmpty();
            assertThat(issued).noneMatch(CompletableFuture::isDone);
        });

        assertThat(announced).containsExactly("prices@1", "stock@1");
        assertThat(issued).allSatisfy(it -> assertThat(it).isCompletedWithValue(new Revision(1)));
    }

    @Test
    void aRollbackAnnouncesNothingAndCancelsTheFuture() {
        List<CompletableFuture<Revision>> issued = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            issued.add(publisher.invalidate("prices"));
            status.setRollbackOnly();
        });

        assertThat(announced).isEmpty();
        assertThat(issued.get(0)).isCancelled();
        Throwable cancelled = issued.get(0).handle((revision, error) -> error).join();
        assertThat(cancelled).isInstanceOf(CancellationException.class).hasMessageContaining("prices");
    }

    @Test
    void anInnerTransactionOfItsOwnAnnouncesWhateverBecomesOfTheOuterOne() {
        TransactionTemplate inner = new TransactionTemplate(manager);
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(status -> {
            publisher.invalidate("outer");
            inner.executeWithoutResult(it -> publisher.invalidate("inner"));
            assertThat(announced).containsExactly("inner@1");
            status.setRollbackOnly();
        });

        assertThat(announced).containsExactly("inner@1");
    }

    @Test
    void whatASavepointTookBackIsNotAnnounced() {
        transaction.executeWithoutResult(status -> {
            publisher.invalidate("kept");
            Object savepoint = new Object();
            all(it -> it.savepoint(savepoint));
            publisher.invalidate("taken-back");
            all(it -> it.savepointRollback(savepoint));
            publisher.invalidate("taken-back-again");
            all(it -> it.savepointRollback(savepoint));
            publisher.invalidate("later");
        });

        assertThat(announced).containsExactly("kept@1", "later@1");
    }

    @Test
    void aSavepointFromBeforeTheFirstInvalidationTakesAllOfThemBack() {
        transaction.executeWithoutResult(status -> {
            Object savepoint = new Object();
            all(it -> it.savepoint(savepoint));
            publisher.invalidate("taken-back");
            all(it -> it.savepointRollback(savepoint));
        });

        assertThat(announced).isEmpty();
    }

    @Test
    void somebodyElsesFailureAfterTheCommitKeepsNothingFromBeingAnnounced() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            throw new IllegalStateException("not mine");
                        }
                    });
                    publisher.invalidate("prices");
                }))
                .hasMessage("not mine");

        assertThat(announced).containsExactly("prices@1");
    }

    @Test
    void aCounterThatFailsAfterTheCommitFailsTheFutureAndNotTheCommit() {
        AfterCommitPublisher failing = new AfterCommitPublisher(topic -> {
            throw new IllegalStateException("used up");
        });
        List<CompletableFuture<Revision>> issued = new ArrayList<>();

        transaction.executeWithoutResult(status -> issued.add(failing.invalidate("prices")));

        assertThat(issued.get(0)).isCompletedExceptionally();
        assertThat(story).containsExactly("committed");
    }

    @Test
    void aTransactionOfUnknownOutcomeIsAnnounced() {
        manager.failing = true;
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> publisher.invalidate("prices")))
                .hasMessage("connection lost during commit");

        assertThat(announced).containsExactly("prices@1");
    }

    /* What Spring does for a nested transaction. */
    private static void all(Consumer<TransactionSynchronization> callback) {
        TransactionSynchronizationManager.getSynchronizations().forEach(callback);
    }
}
