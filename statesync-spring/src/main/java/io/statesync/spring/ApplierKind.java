package io.statesync.spring;

import io.statesync.SnapshotApplier;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.ResolvableType;

/**
 * A kind of bean that keeps a topic and is no {@link SnapshotApplier} itself. Asked while bean definitions are read; such a
 * bean carries {@link SyncedTopic} as an applier does.
 */
public interface ApplierKind {

    /** Whether beans of this type are of the kind. */
    boolean isOne(Class<?> bean);

    /**
     * What a snapshot is read into where neither another applier nor the source says it.
     *
     * @param bean the name of the bean
     * @param declared its type, with generics
     * @throws SetupException if the type does not say enough
     */
    ResolvableType data(String bean, ResolvableType declared);

    /** Whether a bean that said {@code own} can take {@code snapshots}, too. */
    boolean takes(ResolvableType own, ResolvableType snapshots);

    /**
     * The applier that fills the bean, which is there.
     *
     * @throws SetupException if it has none for this topic
     */
    SnapshotApplier<Object> applier(String topic, String bean, BeanFactory beans);
}
