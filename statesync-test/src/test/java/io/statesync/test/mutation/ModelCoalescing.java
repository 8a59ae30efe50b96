package io.statesync.test.mutation;

import io.statesync.mutation.Coalescing;
import io.statesync.mutation.store.TransactionState;
import io.statesync.test.mutation.Item.Edit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of the {@link Model} says whether a queued transaction takes in a new one (MC-09). */
final class ModelCoalescing {

    private ModelCoalescing() {}

    /** Whether another one has its edits now, which the engine has to have said, too. */
    static boolean take(Model model, ModelTransaction made) {
        boolean known = model.transactions.stream().anyMatch(one -> one.id.equals(made.id));
        ModelTransaction into = into(model, made);
        Comparison.same("taken in", into == null ? "nowhere" : into.id, known ? made.id : "nowhere");
        return into != null;
    }

    private static @Nullable ModelTransaction into(Model model, ModelTransaction made) {
        ModelTransaction into = null;
        for (ModelTransaction one : model.active()) {
            into = one.ordered && sharesRow(one, made) ? one : into;
        }
        List<Edit> joined = into == null || !fits(model, into, made) ? null : join(into.edits, made.edits);
        if (into == null || joined == null) {
            return null;
        }
        into.edits = joined;
        model.log.add(new ModelEntry("Coalesced", List.of(into), Map.of(), joined));
        return into;
    }

    private static boolean sharesRow(ModelTransaction one, ModelTransaction other) {
        return one.edits.stream().anyMatch(edit -> other.touches(edit.collection(), edit.key()));
    }

    private static boolean fits(Model model, ModelTransaction into, ModelTransaction made) {
        if (made.coalescing == null
                || into.coalescing == null
                || !made.ordered
                || into.state != TransactionState.QUEUED
                || !Objects.equals(into.home, made.home)
                || !Objects.equals(into.lane, made.lane)) {
            return false;
        }
        if (made.coalescing == Coalescing.SAME_ROWS && !rows(into).equals(rows(made))) {
            return false;
        }
        int place = model.transactions.indexOf(into);
        return model.transactions.subList(place + 1, model.transactions.size()).stream()
                .filter(ModelTransaction::active)
                .noneMatch(later ->
                        sharesRow(later, made) || later.ordered && made.lane != null && made.lane.equals(later.lane));
    }

    private static Set<String> rows(ModelTransaction one) {
        Set<String> rows = new HashSet<>();
        one.edits.forEach(edit -> rows.add(edit.collection() + edit.key()));
        return rows;
    }

    private static @Nullable List<Edit> join(List<Edit> queued, List<Edit> added) {
        List<Edit> joined = new ArrayList<>(queued);
        for (Edit edit : added) {
            int place = 0;
            while (place < joined.size()
                    && !(joined.get(place).collection() + joined.get(place).key())
                            .equals(edit.collection() + edit.key())) {
                place++;
            }
            if (place == joined.size()) {
                joined.add(edit);
                continue;
            }
            Edit before = joined.get(place);
            boolean deletes = edit.after() == null;
            if (before.after() == null || edit.inserted() || before.inserted() && deletes) {
                return null;
            }
            joined.set(place, deletes ? edit : both(before, edit));
        }
        return joined;
    }

    private static Edit both(Edit before, Edit then) {
        String text = then.text() == null ? before.text() : then.text();
        Integer count = then.count() == null ? before.count() : then.count();
        Item after = before.inserted() ? then.over(before.after()) : then.after();
        return new Edit(before.collection(), before.key(), before.inserted(), after, text, count);
    }
}
