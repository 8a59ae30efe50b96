package io.statesync.autoconfigure.environment;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeansException;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;
import org.springframework.boot.context.properties.ConstructorBound;
import org.springframework.boot.context.properties.bind.BindMethod;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/** Makes and binds instances of {@code @ConfigurationProperties} types, as Spring Boot does for the beans. */
final class Instances {

    private final ApplicationContext context;

    Instances(ApplicationContext context) {
        this.context = context;
    }

    /** The object itself, if the bean is a proxy; null if that cannot be said, since it changes. */
    @Nullable
    Object target(PropertiesBean bean) {
        Object target = context.getBean(bean.name());
        while (target != null && AopUtils.isAopProxy(target)) {
            target = AopProxyUtils.getSingletonTarget(target);
        }
        return target;
    }

    /** The object that setters can be called on; null if it is immutable. */
    @Nullable
    Object mutable(PropertiesBean bean) {
        Object target = target(bean);
        return target == null || isImmutable(bean, target) ? null : target;
    }

    /* Bound by its constructor. */
    private boolean isImmutable(PropertiesBean bean, Object target) {
        ConfigurationPropertiesBean described = ConfigurationPropertiesBean.get(context, target, bean.name());
        return described != null && described.asBindTarget().getBindMethod() == BindMethod.VALUE_OBJECT;
    }

    /** What a holder begins with: nobody changes it any more. */
    Object first(PropertiesBean bean) {
        Object mutable = mutable(bean);
        return mutable == null ? context.getBean(bean.name()) : fresh(bean, mutable);
    }

    /** A new one of an immutable type. */
    Object rebuilt(PropertiesBean bean) {
        try {
            return ConstructorBound.from(context, bean.name(), bean.type());
        } catch (ConfigurationPropertiesBindException e) {
            throw BindingFailures.explained(bean, e);
        }
    }

    /** A new one of a mutable type, bound. */
    Object fresh(PropertiesBean bean, Object inUse) {
        Object instance = instantiate(bean, inUse);
        bind(bean, instance);
        return instance;
    }

    /** Binds this instance in place. */
    void bind(PropertiesBean bean, Object instance) {
        try {
            context.getBean(
                            ConfigurationPropertiesBindingPostProcessor.BEAN_NAME,
                            ConfigurationPropertiesBindingPostProcessor.class)
                    .postProcessBeforeInitialization(instance, bean.name());
        } catch (ConfigurationPropertiesBindException e) {
            throw BindingFailures.explained(bean, e);
        }
    }

    private Object instantiate(PropertiesBean bean, Object inUse) {
        try {
            // of the declared type, too: without it Spring Boot binds nothing if the bean had no properties at first
            Objects.requireNonNull(declaredType(bean, inUse).getDeclaredConstructor());
            Object instance =
                    BeanUtils.instantiateClass(ClassUtils.getUserClass(inUse).getDeclaredConstructor());
            // what is injected into its fields and setters is not to be taken for a property that has become null
            context.getAutowireCapableBeanFactory().autowireBean(instance);
            return instance;
        } catch (NoSuchMethodException | BeansException e) {
            throw new IllegalStateException(
                    "bean \"" + bean.name() + "\" cannot be bound again: no second "
                            + bean.type().getName()
                            + " can be made to try the properties with. Give it a constructor without parameters, let its @Bean"
                            + " method return the class itself, or keep its properties out of the topic with except(..)",
                    e);
        }
    }

    private Class<?> declaredType(PropertiesBean bean, Object inUse) {
        ConfigurationPropertiesBean described = ConfigurationPropertiesBean.get(context, inUse, bean.name());
        return described == null
                ? bean.type()
                : described.asBindTarget().getType().resolve(bean.type());
    }
}
