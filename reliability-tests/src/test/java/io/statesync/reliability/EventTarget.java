package io.statesync.reliability;

import io.statesync.InvalidationEvent;
import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.spring.json.InvalidationCodec;
import io.statesync.spring.json.InvalidationMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What comes over any channel: STOMP, Redis, Kafka, PostgreSQL and the relay all hand it to this one codec. It never throws;
 * an event that it takes is printed and read again as the same.
 */
final class EventTarget implements FuzzTarget {

    private static final int LONGEST_SHOWN = 1024;

    private final InvalidationCodec codec = new InvalidationCodec();

    @Override
    public List<byte[]> seeds() {
        InvalidationEvent full =
                new InvalidationEvent("prices", Revision.MAX, "shop-1", 1_700_000_000_000L, "00-ab-cd-01");
        return List.of(
                codec.encode(InvalidationEvent.of("prices", Revision.ZERO)),
                codec.encode(full),
                Input.of("{\"topic\":\" x"
                        + " \",\"revision\":\"7\",\"sourceId\":1,\"timestampMs\":\"x\",\"new\":{\"a\":[1,null]}}"),
                Input.of("{\"topic\":\"a\",\"topic\":\"b\",\"revision\":\"1\"}"),
                Input.of("{\"topic\":\"a\",\"revision\":1,\"timestampMs\":99999999999999999999}"),
                Input.of("{\"topic\":\"\\ud83d\\ude00\\u0000\",\"revision\":\"1\"} x"),
                Input.of("[".repeat(120)));
    }

    @Override
    public void play(byte[] input) throws Exception {
        InvalidationMessage message = codec.decode(input);
        if (message instanceof InvalidationMessage.Malformed malformed) {
            Oracle.saysWhy(malformed.error());
            Oracle.holds(malformed.payload().length() <= LONGEST_SHOWN, "a long payload is kept");
            Oracle.holds(malformed.topic() == null || !malformed.topic().isBlank(), "a topic that is none");
        } else if (message instanceof InvalidationMessage.Event event) {
            Revision revision = Oracle.valueOrRefusal(() -> Revision.parse(event.revision()), ProtocolException.class);
            if (revision != null) {
                again(event, revision);
            }
        }
        String text = new String(input, StandardCharsets.UTF_8);
        Oracle.holds(codec.decode(text) != null, "no answer to a text");
    }

    private void again(InvalidationMessage.Event read, Revision revision) {
        InvalidationEvent event =
                new InvalidationEvent(read.topic(), revision, read.sourceId(), read.timestampMs(), read.traceparent());
        InvalidationMessage printed = codec.decode(codec.encode(event));
        Oracle.same(read, printed, "printed and read again");
    }
}
