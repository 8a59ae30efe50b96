package io.statesync.autoconfigure.environment;

import io.statesync.spring.state.EnvironmentBinding;
import io.statesync.state.MapChange;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Binds the beans whose properties change: first new instances, with all that Spring Boot does for the beans themselves
 * (conversion, validation); only if each can be bound the beans in use are changed.
 */
final class Rebinding implements EnvironmentBinding {

    private final PropertiesBeans beans;
    private final ApplicationContext context;
    private final Instances instances;

    Rebinding(PropertiesBeans beans, ApplicationContext context) {
        this.beans = beans;
        this.context = context;
        this.instances = new Instances(context);
    }

    @Override
    public Prepared prepare(MapChange<String, Object> change) {
        List<Rebound> rebound = new ArrayList<>();
        for (PropertiesBean bean : beans.all()) {
            if (bean.concerns(change) && isInUse(bean)) {
                rebound.add(Rebound.prepare(bean, change, instances));
            }
        }
        return new All(rebound);
    }

    /* Another one will be bound to the new properties when it is created. */
    private boolean isInUse(PropertiesBean bean) {
        return context instanceof ConfigurableApplicationContext own
                && own.getBeanFactory().containsSingleton(bean.name())
                && instances.target(bean) != null;
    }

    private record All(List<Rebound> rebound) implements Prepared {

        @Override
        public void commit() {
            List<Rebound> done = new ArrayList<>();
            try {
                for (Rebound next : rebound) {
                    next.commit();
                    done.add(0, next);
                }
            } catch (RuntimeException | Error refused) {
                done.forEach(Rebound::rollback);
                throw refused;
            }
        }

        @Override
        public void rollback() {
            rebound.forEach(Rebound::rollback);
        }

        @Override
        public void completed() {
            rebound.forEach(Rebound::tell);
        }
    }
}
