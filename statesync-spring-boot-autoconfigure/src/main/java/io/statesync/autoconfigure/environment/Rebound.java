package io.statesync.autoconfigure.environment;

import io.statesync.state.MapChange;
import io.statesync.state.StateChange;
import org.jspecify.annotations.Nullable;

/** One bean with its new instance. Used by one refresh thread. */
final class Rebound {

    private final PropertiesBean bean;
    private final MapChange<String, Object> change;
    private final Instances instances;

    /** What is changed in place; null if the type is immutable. */
    private final @Nullable Object inUse;

    private final Object fresh;
    private final @Nullable Object heldBefore;
    private final @Nullable Object seenBefore;
    private @Nullable BeanCopy copy;

    private Rebound(
            PropertiesBean bean,
            MapChange<String, Object> change,
            Instances instances,
            @Nullable Object inUse,
            Object fresh) {
        this.bean = bean;
        this.change = change;
        this.instances = instances;
        this.inUse = inUse;
        this.fresh = fresh;
        this.heldBefore = bean.holder().bound();
        // nobody has seen one of a mutable type that the holder never had
        this.seenBefore = heldBefore != null || inUse != null ? heldBefore : instances.first(bean);
    }

    static Rebound prepare(PropertiesBean bean, MapChange<String, Object> change, Instances instances) {
        Object inUse = instances.mutable(bean);
        Object fresh = inUse == null ? instances.rebuilt(bean) : instances.fresh(bean, inUse);
        return new Rebound(bean, change, instances, inUse, fresh);
    }

    void commit() {
        if (inUse != null) {
            BeanCopy undo = bean.madeByMethod() ? BeanCopy.ofSettable(inUse) : BeanCopy.of(inUse);
            try {
                change(inUse);
            } catch (RuntimeException | Error refused) {
                undo.writeTo(inUse);
                throw refused;
            }
            copy = undo;
        }
        bean.holder().hold(fresh);
    }

    private void change(Object mutable) {
        if (!bean.madeByMethod()) {
            // a property that nobody sets any more has its default again
            BeanCopy.of(fresh).writeTo(mutable);
        }
        // not without need: Spring Boot empties lists that are in use before it fills them again
        if (bean.madeByMethod() || BeanCopy.leavesOut(mutable)) {
            instances.bind(bean, mutable);
        }
    }

    void rollback() {
        if (inUse != null && copy != null) {
            copy.writeTo(inUse);
        }
        bean.holder().hold(heldBefore);
    }

    void tell() {
        bean.holder().tell(new StateChange<>(seenBefore, fresh, change.revision(), change.cause()));
    }
}
