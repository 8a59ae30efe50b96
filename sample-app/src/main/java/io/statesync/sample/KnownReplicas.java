package io.statesync.sample;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The replicas that the page shows: those that the settings name, and the companion. Others sync as well, unseen. */
@RestController
@Profile("!replica & !shared")
class KnownReplicas {

    private final List<ReplicaAddress> replicas;

    KnownReplicas(SampleProperties properties) {
        replicas = new CopyOnWriteArrayList<>(
                properties.replicas().stream().map(ReplicaAddress::of).toList());
    }

    void add(ReplicaAddress companion) {
        replicas.add(0, companion);
    }

    @GetMapping("/api/replicas")
    List<ReplicaAddress> all() {
        return replicas;
    }
}
