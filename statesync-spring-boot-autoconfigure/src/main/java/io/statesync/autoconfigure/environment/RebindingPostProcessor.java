package io.statesync.autoconfigure.environment;

import io.statesync.spring.state.EnvironmentApplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;

/** Lets the beans with {@code @ConfigurationProperties} take part in what a topic changes, as soon as that is a bean. */
final class RebindingPostProcessor implements BeanPostProcessor, ApplicationContextAware {

    private final PropertiesBeans beans;
    private @Nullable ApplicationContext context;

    RebindingPostProcessor(PropertiesBeans beans) {
        this.beans = beans;
    }

    @Override
    public void setApplicationContext(ApplicationContext applicationContext) {
        context = applicationContext;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof EnvironmentApplier<?> applier && context != null) {
            applier.bind(new Rebinding(beans, context));
        }
        return bean;
    }
}
