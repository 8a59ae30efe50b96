package io.statesync.runtimes;

import io.statesync.spring.SyncedTopic;
import java.util.List;
import java.util.Map;

/** An applier that prints what it gets, and on what kind of thread. */
class Reader {

    @SyncedTopic("offers")
    void changed(Map<String, List<Price>> offers) {
        // Thread.isVirtual is not in Java 17
        String kind = Thread.currentThread().toString().startsWith("VirtualThread") ? "virtual" : "platform";
        System.out.println("copy " + Price.describe(offers) + " on a " + kind + " thread");
    }
}
