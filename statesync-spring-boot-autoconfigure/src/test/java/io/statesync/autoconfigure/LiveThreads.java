package io.statesync.autoconfigure;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads that live, to find out which have been left behind by what was closed since. */
final class LiveThreads {

    /** Those that all contexts of the process share: a refresh pool of 16 and a timer, none of them while idle (E16). */
    private static final int SHARED = 17;

    /** A server's Tomcat waits 30 s for the other side to close its half of a socket, and has a thread meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Set<Thread> before = now();

    /** Waits until the threads that came since then are gone, but for the shared ones. */
    void awaitNoOthers(String... alsoShared) {
        await("the threads that were left behind to end").atMost(PATIENCE).untilAsserted(() -> {
            // an HttpClient of JDK 17 cannot be closed: its threads end when it is collected
            System.gc();
            List<String> since = now().stream()
                    .filter(thread -> !before.contains(thread))
                    .map(Thread::getName)
                    .filter(name -> !name.startsWith("awaitility"))
                    .sorted()
                    .toList();
            List<String> shared = since.stream()
                    .filter(name -> name.equals("statesync-timer") || name.startsWith("statesync-refresh-"))
                    .toList();
            if (shared.size() > SHARED) {
                throw new AssertionError("more threads than the shared ones: " + shared);
            }
            List<String> others = since.stream()
                    .filter(name -> !shared.contains(name))
                    .filter(name -> List.of(alsoShared).stream().noneMatch(name::startsWith))
                    .toList();
            if (!others.isEmpty()) {
                throw new AssertionError("threads that were left behind: " + others);
            }
        });
    }

    private static Set<Thread> now() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toUnmodifiableSet());
    }
}
