package io.statesync.spring.http;

import io.statesync.policy.RetryAfter;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The addresses of one source's instances: the last good one is asked first, the others when it fails in a way that
 * another instance may not. Safe for use by any thread.
 */
final class Instances {

    private final List<URI> addresses;
    private final AtomicInteger lastGood = new AtomicInteger();

    Instances(List<URI> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    <R> R ask(Call<R> call) throws InterruptedException {
        int first = lastGood.get();
        List<HttpSourceException> failures = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            int at = (first + i) % addresses.size();
            try {
                R answer = call.ask(addresses.get(at));
                lastGood.set(at);
                return answer;
            } catch (HttpSourceException e) {
                if (!e.kind().worthAnotherInstance()) {
                    throw e;
                }
                failures.add(e);
            }
        }
        throw combined(failures);
    }

    private static HttpSourceException combined(List<HttpSourceException> failures) {
        HttpSourceException first = failures.get(0);
        if (failures.size() == 1) {
            return first;
        }
        String all = failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
        HttpSourceException combined;
        if (failures.stream().allMatch(RetryAfter.class::isInstance)) {
            // the first of them to be free again will do
            combined = failures.stream()
                    .map(RetryAfter.class::cast)
                    .map(RetryAfter::retryAfter)
                    .min(Comparator.naturalOrder())
                    .<HttpSourceException>map(wait -> new SourceBusyException(all, wait))
                    .orElse(first);
        } else {
            combined = new HttpSourceException(first.kind(), all, first.getCause());
        }
        failures.forEach(combined::addSuppressed);
        return combined;
    }

    /** One attempt at one address. */
    interface Call<R> {
        R ask(URI address) throws InterruptedException;
    }
}
