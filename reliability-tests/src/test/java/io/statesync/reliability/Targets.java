package io.statesync.reliability;

import io.statesync.autoconfigure.PropertiesTarget;
import io.statesync.mutation.jdbc.TransactionTarget;
import io.statesync.persistence.RecordTarget;
import io.statesync.persistence.TopicTarget;
import io.statesync.spring.http.AnswerTarget;
import io.statesync.spring.stomp.ClientFramesTarget;
import io.statesync.spring.stomp.ServerFramesTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All that is fuzzed, by name. */
final class Targets {

    private static final Map<String, Supplier<FuzzTarget>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("names", () -> new OneOf(List.of(new RevisionTarget(), new TopicTarget())));
        ALL.put("events", EventTarget::new);
        ALL.put("envelopes", EnvelopeTarget::new);
        ALL.put("records", RecordTarget::new);
        ALL.put("transactions", TransactionTarget::new);
        ALL.put("answers", AnswerTarget::new);
        ALL.put("stomp-server", ServerFramesTarget::new);
        ALL.put("stomp-client", ClientFramesTarget::new);
        ALL.put("requests", RequestTarget::new);
        ALL.put("properties", PropertiesTarget::new);
    }

    private Targets() {}

    static List<String> names() {
        return new ArrayList<>(ALL.keySet());
    }

    /** @throws IllegalArgumentException if there is none of that name */
    static FuzzTarget open(String name) {
        Supplier<FuzzTarget> target = ALL.get(name);
        if (target == null) {
            throw new IllegalArgumentException("no target is called \"" + name + "\"; there are " + ALL.keySet());
        }
        return target.get();
    }
}
