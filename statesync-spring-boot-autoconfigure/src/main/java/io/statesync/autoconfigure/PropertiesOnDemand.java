package io.statesync.autoconfigure;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Lets the {@link StateSyncProperties} bean be made when somebody asks for it, such as an endpoint that shows it: what the
 * other beans need is in {@link ReadSettings} already.
 */
final class PropertiesOnDemand implements ImportBeanDefinitionRegistrar {

    private static final String BEAN = "statesync-" + StateSyncProperties.class.getName();

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        if (registry.containsBeanDefinition(BEAN)) {
            registry.getBeanDefinition(BEAN).setLazyInit(true);
        }
    }
}
