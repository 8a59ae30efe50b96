package io.statesync.spring.mutation;

import io.statesync.SnapshotApplier;
import io.statesync.mutation.SyncedCollection;
import io.statesync.spring.ApplierKind;
import io.statesync.spring.SetupException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.ResolvableType;

/** Collections as what keeps a topic: its snapshots are lists of their rows, or maps of them by key. */
public final class CollectionBeans implements ApplierKind {

    @Override
    public boolean isOne(Class<?> bean) {
        return SyncedCollection.class.isAssignableFrom(bean);
    }

    @Override
    public ResolvableType data(String bean, ResolvableType declared) {
        return ResolvableType.forClassWithGenerics(List.class, row(bean, declared));
    }

    @Override
    public boolean takes(ResolvableType own, ResolvableType snapshots) {
        Class<?> raw = snapshots.resolve(Object.class);
        ResolvableType rows = Collection.class.isAssignableFrom(raw)
                ? snapshots.asCollection().getGeneric(0)
                : Map.class.isAssignableFrom(raw) ? snapshots.asMap().getGeneric(1) : ResolvableType.NONE;
        return own.getGeneric(0).isAssignableFrom(rows);
    }

    @Override
    public SnapshotApplier<Object> applier(String topic, String bean, BeanFactory beans) {
        return beans.getBean(SyncedCollectionFactory.class).rows(topic, bean);
    }

    static ResolvableType key(String bean, ResolvableType declared) {
        return generic(bean, declared, 0);
    }

    static ResolvableType row(String bean, ResolvableType declared) {
        return generic(bean, declared, 1);
    }

    private static ResolvableType generic(String bean, ResolvableType declared, int index) {
        ResolvableType generic = declared.as(SyncedCollection.class).getGeneric(index);
        if (generic.resolve() == null) {
            throw new SetupException(
                    "@SyncedTopic on bean \"" + bean
                            + "\" cannot work: the type of the collection does not say what its keys and rows are.",
                    "Declare the bean with its types, such as SyncedCollection<String, Todo>.");
        }
        return generic;
    }
}
