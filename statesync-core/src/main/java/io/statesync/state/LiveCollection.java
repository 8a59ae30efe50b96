package io.statesync.state;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An unmodifiable collection that is always the newest one; each call, and each iteration, sees one generation. */
class LiveCollection<E> extends AbstractCollection<E> {

    final Supplier<? extends Collection<E>> newest;

    LiveCollection(Supplier<? extends Collection<E>> newest) {
        this.newest = newest;
    }

    @Override
    public Iterator<E> iterator() {
        return newest.get().iterator();
    }

    @Override
    public Spliterator<E> spliterator() {
        return newest.get().spliterator();
    }

    @Override
    public void forEach(Consumer<? super E> action) {
        newest.get().forEach(action);
    }

    @Override
    public int size() {
        return newest.get().size();
    }

    @Override
    public boolean isEmpty() {
        return newest.get().isEmpty();
    }

    @Override
    public boolean contains(Object element) {
        return newest.get().contains(element);
    }

    @Override
    public boolean containsAll(Collection<?> elements) {
        return newest.get().containsAll(elements);
    }

    @Override
    public Object[] toArray() {
        return newest.get().toArray();
    }

    @Override
    public <A> A[] toArray(A[] array) {
        return newest.get().toArray(array);
    }

    @Override
    public String toString() {
        return newest.get().toString();
    }

    /** The same as a set. */
    static final class OfSet<E> extends LiveCollection<E> implements Set<E> {

        OfSet(Supplier<Set<E>> newest) {
            super(newest);
        }

        @Override
        public Spliterator<E> spliterator() {
            return newest.get().spliterator();
        }

        @Override
        public boolean equals(Object other) {
            return other == this || newest.get().equals(other);
        }

        @Override
        public int hashCode() {
            return newest.get().hashCode();
        }
    }
}
