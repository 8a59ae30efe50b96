package io.statesync.autoconfigure.environment;

import io.statesync.spring.state.EnvironmentApplier;
import io.statesync.spring.state.SyncedProperties;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * Finds the beans with {@code @ConfigurationProperties}, without creating one, and defines a {@link SyncedProperties} bean for
 * each; nothing of it if no topic is a property source. In an application that was processed ahead of time this runs again at
 * its start.
 */
final class PropertiesBeans implements BeanFactoryPostProcessor, Ordered {

    private static final String NAME_PREFIX = "syncedProperties.";

    /** Filled before any bean is created. */
    private final List<PropertiesBean> found = new ArrayList<>();

    /* Before the beans of the topics are defined, which may be thousands and are none of these. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (beans.getBeanNamesForType(EnvironmentApplier.class, true, false).length == 0) {
            return;
        }
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            PropertiesBean bean = propertiesBean(name, beans);
            if (bean != null) {
                found.add(bean);
                define(bean, (BeanDefinitionRegistry) beans);
            }
        }
    }

    List<PropertiesBean> all() {
        return found;
    }

    /* One that is no singleton is bound anew whenever it is created, and is nobody's to hold. */
    private static @Nullable PropertiesBean propertiesBean(String name, ConfigurableListableBeanFactory beans) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
        boolean single =
                beans.isSingleton(name) && !beans.containsBeanDefinition(ScopedProxyUtils.getTargetBeanName(name));
        if (type == null || !single || !beans.containsBeanDefinition(name)) {
            return null;
        }
        Method method = beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition root
                ? root.getResolvedFactoryMethod()
                : null;
        ConfigurationProperties annotation = annotation(name, method, beans);
        return annotation == null
                ? null
                : new PropertiesBean(name, ClassUtils.getUserClass(type), annotation.prefix(), method != null);
    }

    /* As Spring Boot looks for it: what the method says comes first. */
    private static @Nullable ConfigurationProperties annotation(
            String name, @Nullable Method method, ConfigurableListableBeanFactory beans) {
        ConfigurationProperties onMethod = method == null
                ? null
                : AnnotatedElementUtils.findMergedAnnotation(method, ConfigurationProperties.class);
        return onMethod != null ? onMethod : beans.findAnnotationOnBean(name, ConfigurationProperties.class, false);
    }

    private static void define(PropertiesBean bean, BeanDefinitionRegistry registry) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(ResolvableType.forClassWithGenerics(SyncedProperties.class, bean.type()));
        definition.setInstanceSupplier(bean::holder);
        definition.setRole(BeanDefinition.ROLE_SUPPORT);
        definition.setLazyInit(true);
        definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
        registry.registerBeanDefinition(NAME_PREFIX + bean.name(), definition);
    }
}
