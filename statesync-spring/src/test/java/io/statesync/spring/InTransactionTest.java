package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.Revision;
import io.statesync.policy.Scheduler;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a counter and a transport that can be part of a transaction do, and when. */
class InTransactionTest {

    private final List<String> story = new ArrayList<>();
    private final Counter counter = new Counter();
    private final Announcer announcer =
            new Announcer("test", Stream.of(new Joining(), new Plain()), Scheduler.system(), Runnable::run);
    private final AfterCommitPublisher publisher = new AfterCommitPublisher(
            StatePublisher.of(counter, announcer::announce, "test"), counter, announcer, ChangeObserver.NONE);
    private final TellingTransactions manager = new TellingTransactions(story);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);

    @Test
    void revisionsAreIssuedAndAnnouncedRightBeforeTheCommitInTheOrderOfTheNames() {
        List<CompletableFuture<Revision>> issued = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            issued.add(publisher.invalidate("stock"));
            issued.add(publisher.invalidate("prices"));
            issued.add(publisher.invalidate("stock"));
            story.add("changed");
        });

        assertThat(story)
                .containsExactly(
                        "changed",
                        "issued prices@1 inside",
                        "joined prices@1",
                        "issued stock@2 inside",
                        "joined stock@2",
                        "committed",
                        "announced stock@2",
                        "announced prices@1");
        assertThat(issued).extracting(CompletableFuture::join).containsExactly(rev(2), rev(1), rev(2));
    }

    @Test
    void aRollbackIssuesNothing() {
        transaction.executeWithoutResult(status -> {
            publisher.invalidate("prices");
            status.setRollbackOnly();
        });

        assertThat(story).containsExactly("rolled back");
    }

    @Test
    void aCounterThatFailsRollsTheChangeBack() {
        counter.failing = true;

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> publisher.invalidate("prices")))
                .hasMessage("used up");

        assertThat(story).containsExactly("rolled back");
    }

    @Test
    void whatTheCounterCannotJoinIsIssuedAfterTheCommit() {
        counter.joins = false;

        transaction.executeWithoutResult(status -> publisher.invalidate("prices"));

        assertThat(story).containsExactly("committed", "issued prices@1", "published prices@1", "announced prices@1");
    }

    @Test
    void aReadOnlyTransactionIsLeftAlone() {
        transaction.setReadOnly(true);

        transaction.executeWithoutResult(status -> publisher.invalidate("prices"));

        assertThat(story).containsExactly("committed", "issued prices@1", "published prices@1", "announced prices@1");
    }

    @Test
    void aTransactionOfUnknownOutcomeGetsAnotherRevisionOfItsOwn() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    publisher.invalidate("prices");
                    manager.failing = true;
                }))
                .hasMessage("connection lost during commit");

        assertThat(story)
                .containsExactly(
                        "issued prices@1 inside",
                        "joined prices@1",
                        "issued prices@2",
                        "published prices@2",
                        "announced prices@2");
    }

    @Test
    void whatOthersChangeWhileItCommitsIsPartOfItAndAfterTheCommitIsNot() {
        transaction.executeWithoutResult(status -> {
            publisher.invalidate("first");
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public int getOrder() {
                    return Ordered.LOWEST_PRECEDENCE;
                }

                @Override
                public void beforeCommit(boolean readOnly) {
                    publisher.invalidate("flushed");
                }

                @Override
                public void afterCommit() {
                    publisher.invalidate("late");
                }
            });
        });

        assertThat(story)
                .containsSubsequence("issued first@1 inside", "issued flushed@2 inside", "committed", "issued late@3")
                .doesNotContain("issued late@3 inside");
    }

    @Test
    void beforeAndAfterTheCommitItIsOneTraceThatOfTheChange() {
        ChangeObserver tracing = new ChangeObserver() {
            @Override
            public Runnable bind(Runnable announcing) {
                story.add("bound");
                return announcing;
            }

            @Override
            public void announce(InvalidationEvent event, InvalidationPublisher target) {
                target.publish(new InvalidationEvent(event.topic() + "-traced", event.revision(), null, 0, null));
            }
        };
        Announcer traced = new Announcer(
                "test", Stream.of(new Joining(), new Plain()), Scheduler.system(), Runnable::run, tracing);
        StatePublisher observed = new AfterCommitPublisher(
                StatePublisher.of(counter, traced::announce, "test"), counter, traced, tracing);

        transaction.executeWithoutResult(status -> {
            observed.invalidate("prices");
            story.add("changed");
        });

        assertThat(story)
                .containsExactly(
                        "bound",
                        "bound",
                        "changed",
                        "issued prices@1 inside",
                        "joined prices-traced@1",
                        "committed",
                        "announced prices-traced@1");
    }

    @Test
    void aTopicThatKnowsItsOwnRevisionIsAskedAfterTheCommit() {
        SourceRevisions plain = new SourceRevisions(RevisionCounter.sequential(), topic -> null);

        assertThat(plain.nextInTransaction("prices")).isEmpty();
        assertThat(new SourceRevisions(counter, topic -> null).nextInTransaction("prices"))
                .contains(rev(1));
    }

    private static Revision rev(long number) {
        return new Revision(number);
    }

    private static String shown(InvalidationEvent event) {
        return event.topic() + "@" + event.revision();
    }

    private final class Counter implements TransactionalRevisionCounter {

        private boolean joins = true;
        private boolean failing;
        private long issued;

        @Override
        public Revision next(String topic) {
            Revision next = rev(++issued);
            story.add("issued " + topic + "@" + next);
            return next;
        }

        @Override
        public Optional<Revision> nextInTransaction(String topic) {
            if (failing) {
                throw new IllegalStateException("used up");
            }
            if (!joins) {
                return Optional.empty();
            }
            Revision next = rev(++issued);
            story.add("issued " + topic + "@" + next + " inside");
            return Optional.of(next);
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) {
            return Map.of();
        }
    }

    private final class Joining implements TransactionalInvalidationPublisher {

        @Override
        public boolean publishInTransaction(InvalidationEvent event) {
            story.add("joined " + shown(event));
            return true;
        }

        @Override
        public void publish(InvalidationEvent event) {
            story.add("published " + shown(event));
        }
    }

    private final class Plain implements InvalidationPublisher {

        @Override
        public void publish(InvalidationEvent event) {
            story.add("announced " + shown(event));
        }
    }
}
