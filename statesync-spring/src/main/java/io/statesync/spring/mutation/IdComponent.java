package io.statesync.spring.mutation;

import io.statesync.mutation.RowModel;
import io.statesync.spring.SetupException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.function.Function;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Rows that are records with a component {@code id}, which is their key. */
final class IdComponent {

    private static final String NAME = "id";

    private IdComponent() {}

    @SuppressWarnings("unchecked") // the component's type is compared with the declared one
    static <K, T> RowModel<K, T> rows(CollectionDeclaration collection) {
        Class<?> type = collection.row().toClass();
        RecordComponent id = type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .filter(it -> it.getName().equals(NAME))
                        .findFirst()
                        .orElse(null)
                : null;
        if (id == null) {
            throw new SetupException(
                    "The key of collection \"" + collection.topic() + "\" is not known: " + type.getName()
                            + " is no record with a component \"id\".",
                    type.isRecord()
                            ? "Say which one it is: open(\"" + collection.topic() + "\", " + type.getSimpleName() + "::"
                                    + type.getRecordComponents()[0].getName() + ")."
                            : "Make the row a record, or say how it is taken apart: open(\"" + collection.topic()
                                    + "\", rowModel).");
        }
        if (!collection.key().isAssignableFrom(boxed(id))) {
            throw new SetupException(
                    "Collection \"" + collection.topic() + "\" has keys of " + collection.key() + ", but the component"
                            + " \"id\" of " + type.getName() + " is "
                            + id.getType().getName() + ".",
                    "Declare the bean as SyncedCollection<" + boxed(id).getSimpleName() + ", " + type.getSimpleName()
                            + ">, or say what the key is by a second argument of open(..).");
        }
        ReflectionUtils.makeAccessible(id.getAccessor());
        return record((Class<Record>) type, row -> (K) ReflectionUtils.invokeMethod(id.getAccessor(), row));
    }

    @SuppressWarnings("unchecked")
    static <K, T> RowModel<K, T> record(Class<? extends Record> type, Function<? super T, ? extends K> key) {
        return (RowModel<K, T>) RowModel.ofRecord((Class<Record>) type, row -> (K) key.apply((T) row));
    }

    private static Class<?> boxed(RecordComponent component) {
        return ClassUtils.resolvePrimitiveIfNecessary(component.getType());
    }
}
