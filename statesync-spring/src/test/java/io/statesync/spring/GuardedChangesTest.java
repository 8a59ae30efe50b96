package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.Revision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An announcement is made exactly once, whatever an observer does. */
class GuardedChangesTest {

    private static final InvalidationEvent EVENT = InvalidationEvent.of("prices", new Revision(1));

    private final List<String> made = new ArrayList<>();

    @Test
    void anObserverThatThrowsBeforeOrAfterwardsKeepsNothingBack() {
        announceAndBind(new Observer() {
            @Override
            void around(Runnable announcing) {
                throw new IllegalStateException("before");
            }
        });
        announceAndBind(new Observer() {
            @Override
            void around(Runnable announcing) {
                announcing.run();
                throw new IllegalStateException("afterwards");
            }
        });
        assertThat(made).containsExactly("event", "bound", "event", "bound");
    }

    @Test
    void anObserverThatForgetsOrRepeatsAnnouncesOnce() {
        announceAndBind(new Observer() {
            @Override
            void around(Runnable announcing) {}
        });
        announceAndBind(new Observer() {
            @Override
            void around(Runnable announcing) {
                announcing.run();
                announcing.run();
            }
        });
        assertThat(made).containsExactly("event", "bound", "event", "bound");
    }

    @Test
    void anObserverThatCannotBindKeepsNothingBack() {
        ChangeObserver.guarded(new Observer() {
                    @Override
                    public Runnable bind(Runnable announcing) {
                        throw new IllegalStateException("no context");
                    }
                })
                .bind(() -> made.add("bound"))
                .run();
        assertThat(made).containsExactly("bound");
    }

    @Test
    void whatTheAnnouncementItselfThrowsPasses() {
        IllegalStateException full = new IllegalStateException("full");
        assertThatThrownBy(() -> ChangeObserver.guarded(new Observer()).announce(EVENT, event -> {
                    throw full;
                }))
                .isSameAs(full);
    }

    private void announceAndBind(ChangeObserver observer) {
        ChangeObserver guarded = ChangeObserver.guarded(observer);
        guarded.announce(EVENT, event -> made.add("event"));
        guarded.bind(() -> made.add("bound")).run();
    }

    private static class Observer implements ChangeObserver {

        void around(Runnable announcing) {
            announcing.run();
        }

        @Override
        public Runnable bind(Runnable announcing) {
            return () -> around(announcing);
        }

        @Override
        public void announce(InvalidationEvent event, InvalidationPublisher target) {
            around(() -> target.publish(event));
        }
    }
}
