package io.statesync.mutation;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Rows that are records. Immutable; the reflection is done once. */
final class RecordRows<K, T extends Record> implements RowModel<K, T> {

    private final Class<T> type;
    private final Function<? super T, ? extends K> key;
    private final String[] names;
    private final Function<Object, @Nullable Object>[] accessors;
    private final BiPredicate<Object, Object>[] equal;
    private final MethodHandle constructor;

    @SuppressWarnings({"unchecked", "rawtypes"})
    RecordRows(Class<T> type, Function<? super T, ? extends K> key) {
        this.type = type;
        this.key = key;
        RecordComponent[] components = type.getRecordComponents();
        names = Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new);
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            accessors = new Function[components.length];
            equal = new BiPredicate[components.length];
            for (int i = 0; i < components.length; i++) {
                MethodHandle handle = lookup.unreflect(components[i].getAccessor());
                accessors[i] = accessor(lookup, handle);
                equal[i] = equal(lookup, handle, accessors[i]);
            }
            constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asType(MethodType.genericMethodType(components.length))
                    .asSpreader(Object[].class, components.length);
        } catch (Throwable refused) {
            throw new IllegalArgumentException(
                    "the record " + type.getName() + " cannot be read by reflection: open its package to"
                            + " io.statesync.mutation, or write a RowModel for it",
                    refused);
        }
    }

    /** The accessor as an object that the JIT inlines, which it does not with a handle from an array. */
    @SuppressWarnings("unchecked")
    private static Function<Object, @Nullable Object> accessor(MethodHandles.Lookup lookup, MethodHandle handle)
            throws Throwable {
        MethodType erased = MethodType.methodType(Object.class, Object.class);
        if (!lookup.hasFullPrivilegeAccess()) {
            // the record is of another class loader, as with devtools: no lambda can be made for it
            return called(handle.asType(erased));
        }
        MethodType exact = handle.type().wrap();
        return (Function<Object, @Nullable Object>) LambdaMetafactory.metafactory(
                        lookup, "apply", MethodType.methodType(Function.class), erased, handle, exact)
                .getTarget()
                .invoke();
    }

    /** Whether two rows have the same value there; of whole numbers without an object for each. */
    @SuppressWarnings("unchecked")
    private static BiPredicate<Object, Object> equal(
            MethodHandles.Lookup lookup, MethodHandle handle, Function<Object, @Nullable Object> accessor)
            throws Throwable {
        Class<?> type = handle.type().returnType();
        if (lookup.hasFullPrivilegeAccess() && type == int.class) {
            ToIntFunction<Object> read =
                    (ToIntFunction<Object>) primitive(lookup, handle, "applyAsInt", ToIntFunction.class);
            return (before, after) -> read.applyAsInt(before) == read.applyAsInt(after);
        }
        if (lookup.hasFullPrivilegeAccess() && type == long.class) {
            ToLongFunction<Object> read =
                    (ToLongFunction<Object>) primitive(lookup, handle, "applyAsLong", ToLongFunction.class);
            return (before, after) -> read.applyAsLong(before) == read.applyAsLong(after);
        }
        return (before, after) -> Objects.equals(accessor.apply(before), accessor.apply(after));
    }

    private static Object primitive(MethodHandles.Lookup lookup, MethodHandle handle, String method, Class<?> function)
            throws Throwable {
        MethodType erased = MethodType.methodType(handle.type().returnType(), Object.class);
        return LambdaMetafactory.metafactory(
                        lookup, method, MethodType.methodType(function), erased, handle, handle.type())
                .getTarget()
                .invoke();
    }

    private static Function<Object, @Nullable Object> called(MethodHandle handle) {
        return row -> {
            try {
                return (Object) handle.invokeExact(row);
            } catch (RuntimeException | Error thrown) {
                throw thrown;
            } catch (Throwable checked) {
                throw new IllegalStateException(checked);
            }
        };
    }

    @Override
    public K key(T row) {
        return key.apply(row);
    }

    @Override
    public Map<String, @Nullable Object> fields(T row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            fields.put(names[i], read(i, row));
        }
        return fields;
    }

    @Override
    public T row(Map<String, @Nullable Object> fields) {
        @Nullable Object[] values = new @Nullable Object[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = fields.get(names[i]);
        }
        return make(values);
    }

    @Override
    public Map<String, @Nullable Object> changes(T before, T after) {
        Map<String, @Nullable Object> changes = Map.of();
        for (int i = 0; i < names.length; i++) {
            if (!equal[i].test(before, after)) {
                Object value = read(i, after);
                if (changes.isEmpty()) {
                    // most edits are of one field, and many of them may be pending
                    changes = Collections.singletonMap(names[i], value);
                } else {
                    changes = changes.size() == 1 ? new LinkedHashMap<>(changes) : changes;
                    changes.put(names[i], value);
                }
            }
        }
        return changes;
    }

    @Override
    public T patch(T row, Map<String, @Nullable Object> changes) {
        @Nullable Object[] values = new @Nullable Object[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = changes.containsKey(names[i]) ? changes.get(names[i]) : read(i, row);
        }
        return make(values);
    }

    private @Nullable Object read(int component, T row) {
        return accessors[component].apply(row);
    }

    private T make(@Nullable Object[] values) {
        try {
            return type.cast((Object) constructor.invokeExact(values));
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new IllegalStateException(checked);
        }
    }
}
