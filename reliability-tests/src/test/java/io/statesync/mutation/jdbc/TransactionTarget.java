package io.statesync.mutation.jdbc;

import io.statesync.Revision;
import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.StoredAttempt;
import io.statesync.mutation.store.StoredError;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.StoredRow;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import io.statesync.reliability.FuzzTarget;
import io.statesync.reliability.Input;
import io.statesync.reliability.Oracle;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Rows of stored transactions: any bytes, any bytes whose checksum agrees, and real ones that are cut or changed. */
public final class TransactionTarget implements FuzzTarget {

    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000, 5);
    private static final StoredTransaction REAL = new StoredTransaction(
            "id",
            7,
            "key",
            "todos",
            "save",
            StrategyType.ORDERED,
            Set.of("lane"),
            TransactionState.PERSISTING,
            AT,
            AT,
            List.of(new StoredMutation(
                    "todos",
                    "1",
                    MutationType.UPDATE,
                    "json",
                    1,
                    StoredRow.encoded(new byte[] {1}),
                    StoredRow.encoded(new byte[] {2, 3}),
                    List.of("title"),
                    Map.of("by", "me"))),
            List.of(new StoredAttempt("a", 1, AT, AT, new StoredError(null, "X", "no"), AT, true)),
            new StoredError("other", "Y", "failed"),
            Map.of("todos", Revision.MAX),
            true);

    @Override
    public List<byte[]> seeds() {
        byte[] created = body(TransactionFormat.created(REAL));
        byte[] progress = body(TransactionFormat.progress(REAL));
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(1);
        both.write(2);
        both.write(created.length >> 8);
        both.write(created.length);
        both.writeBytes(created);
        both.writeBytes(progress);
        return List.of(
                both.toByteArray(),
                Input.of("\u0001\u0000\u0000", 0, 1),
                Input.of("", 2, 0, 0, 9, 1),
                Input.of("", 2, 1, 1, 0, 8));
    }

    @Override
    public void play(byte[] bytes) throws Exception {
        Input input = new Input(bytes);
        switch (input.below(3)) {
            case 0 -> raw(input, false);
            case 1 -> raw(input, true);
            default -> real(input);
        }
    }

    private static void raw(Input input, boolean sealed) throws Exception {
        TransactionState state = input.oneOf(TransactionState.values());
        int cut = input.choice() << 8 | input.choice();
        byte[] rest = input.rest();
        byte[] created = Arrays.copyOf(rest, Math.min(cut, rest.length));
        byte[] progress = Arrays.copyOfRange(rest, created.length, rest.length);
        StoredTransaction read = read(state, sealed ? seal(created) : created, sealed ? seal(progress) : progress);
        if (read != null) {
            StoredTransaction again = read(state, TransactionFormat.created(read), TransactionFormat.progress(read));
            Oracle.same(words(read), words(again), "printed and read again");
        }
    }

    private static void real(Input input) throws Exception {
        byte[] created = TransactionFormat.created(REAL);
        byte[] progress = TransactionFormat.progress(REAL);
        Oracle.same(words(REAL), words(read(REAL.state(), created, progress)), "written and read");
        boolean first = input.yes();
        byte[] damaged = first ? created : progress;
        boolean cut = input.yes();
        int at = (input.choice() << 8 | input.choice()) % damaged.length;
        byte change = (byte) (1 + input.below(255));
        byte[] other = cut ? Arrays.copyOf(damaged, at) : damaged.clone();
        if (!cut) {
            other[at] ^= change;
        }
        Oracle.same(null, read(REAL.state(), first ? other : created, first ? progress : other), "a row that is none");
        Oracle.same(null, read(REAL.state(), progress, created), "a row with its parts exchanged");
    }

    private static @Nullable StoredTransaction read(TransactionState state, byte[] created, byte[] progress)
            throws Exception {
        return Oracle.valueOrRefusal(
                () -> TransactionFormat.read(state.name(), created, progress), DamagedRecordException.class);
    }

    private static byte[] body(byte[] frame) {
        return Arrays.copyOf(frame, frame.length - Integer.BYTES);
    }

    private static byte[] seal(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return ByteBuffer.allocate(body.length + Integer.BYTES)
                .put(body)
                .putInt((int) crc.getValue())
                .array();
    }

    /* A row's bytes are not equal to their like. */
    private static String words(StoredTransaction it) {
        StringBuilder words = new StringBuilder();
        words.append(it.id()).append(it.sequence()).append(it.idempotencyKey()).append(it.collection());
        words.append(it.mutationFn())
                .append(it.strategy())
                .append(new TreeSet<>(it.lanes()))
                .append(it.state());
        words.append(it.createdAt())
                .append(it.updatedAt())
                .append(it.attempts())
                .append(it.error());
        words.append(new TreeMap<>(it.revisions())).append(it.syncConfirmed());
        for (StoredMutation mutation : it.mutations()) {
            words.append(mutation.collection()).append(mutation.key()).append(mutation.type());
            words.append(mutation.codec()).append(mutation.codecVersion()).append(mutation.changed());
            words.append(new TreeMap<>(mutation.metadata()));
            words.append(
                    mutation.original() == null
                            ? null
                            : Arrays.toString(mutation.original().bytes()));
            words.append(Arrays.toString(mutation.modified().bytes()));
        }
        return words.toString();
    }
}
