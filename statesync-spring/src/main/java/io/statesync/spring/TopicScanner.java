package io.statesync.spring;

import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;

/** Finds the annotations of this package on bean definitions, without creating a bean. */
final class TopicScanner {

    private final AnnotatedTypes annotated =
            new AnnotatedTypes(Set.of(SyncedTopic.class, TopicSource.class, InvalidatesTopic.class));

    private final ConfigurableListableBeanFactory beans;
    private final Declarations found = new Declarations();

    private final List<ApplierKind> kinds;

    private TopicScanner(ConfigurableListableBeanFactory beans, List<ApplierKind> kinds) {
        this.beans = beans;
        this.kinds = kinds;
    }

    static Declarations scan(ConfigurableListableBeanFactory beans, List<ApplierKind> kinds) {
        TopicScanner scanner = new TopicScanner(beans, kinds);
        for (String bean : beans.getBeanNamesForType(Object.class, true, false)) {
            scanner.scanBean(bean);
        }
        return scanner.found;
    }

    private void scanBean(String bean) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, bean);
        if (type == null) {
            return;
        }
        SyncedTopic onBean = beans.findAnnotationOnBean(bean, SyncedTopic.class, false);
        // the application's own sync: there the annotation is a qualifier and no more
        if (onBean != null && !RevisionSync.class.isAssignableFrom(type)) {
            topicBean(onBean.value(), bean, type);
        }
        if (annotated.isCandidate(type)) {
            methods(type, SyncedTopic.class).forEach((method, on) -> applierMethod(on.value(), bean, type, method));
            methods(type, TopicSource.class).forEach((method, on) -> sourceMethod(on.value(), bean, type, method));
            methods(type, InvalidatesTopic.class).forEach((method, on) -> invalidating(on, type, method));
        }
    }

    /* On a @Bean method the annotation speaks of the bean, not of the method. */
    private static <A extends Annotation> Map<Method, A> methods(Class<?> type, Class<A> annotation) {
        MethodIntrospector.MetadataLookup<@Nullable A> lookup =
                method -> AnnotatedElementUtils.isAnnotated(method, Bean.class)
                        ? null
                        : AnnotatedElementUtils.findMergedAnnotation(method, annotation);
        return MethodIntrospector.selectMethods(type, lookup);
    }

    private void topicBean(String topic, String bean, Class<?> type) {
        String place = "@SyncedTopic on bean \"" + bean + "\"";
        Signatures.requireTopic(topic, place);
        boolean applies = SnapshotApplier.class.isAssignableFrom(type);
        boolean tends = TopicBeans.TYPES.stream().anyMatch(it -> it.isAssignableFrom(type));
        ApplierKind kind =
                kinds.stream().filter(it -> it.isOne(type)).findFirst().orElse(null);
        if (!applies && !tends && kind == null) {
            throw new SetupException(
                    place + " has no effect: " + type.getName()
                            + " is no SnapshotApplier, and no InvalidationFilter, SyncListener, RevisionSyncCustomizer,"
                            + " PersistenceListener, SnapshotValidator or Migrations either.",
                    "Let the bean be a SnapshotApplier<T>, such as SyncedState<T>, or put @SyncedTopic on one of its methods.");
        }
        requireSingleton(bean, place);
        if (applies) {
            ResolvableType data =
                    resolvableType(bean, type).as(SnapshotApplier.class).getGeneric(0);
            found.appliers.add(new ApplierDeclaration(topic, bean, null, DataTypes.resolved(data)));
        }
        if (kind != null) {
            ResolvableType data = kind.data(bean, declaredType(bean, type));
            found.appliers.add(new ApplierDeclaration(topic, bean, null, data, kind));
        }
        if (tends) {
            found.tended.put(topic, place);
        }
    }

    private void applierMethod(String topic, String bean, Class<?> type, Method method) {
        String place = "@SyncedTopic on " + Signatures.describe(method);
        Signatures.requireTopic(topic, place);
        ResolvableType data = Signatures.ofApplier(method, type);
        requireSingleton(bean, place);
        found.appliers.add(new ApplierDeclaration(topic, bean, method, data));
    }

    private void sourceMethod(String topic, String bean, Class<?> type, Method method) {
        String place = "@TopicSource on " + Signatures.describe(method);
        Signatures.requireTopic(topic, place);
        ResolvableType returned = Signatures.ofSource(method, type);
        requireSingleton(bean, place);
        boolean labelled = DataTypes.isEnvelope(returned);
        found.sources.add(new SourceDeclaration(topic, bean, method, labelled, DataTypes.unwrapped(returned)));
    }

    private void invalidating(InvalidatesTopic on, Class<?> type, Method method) {
        String place = "@InvalidatesTopic on " + Signatures.describe(method);
        Signatures.requireProxiable(method);
        Conditions.requireValid(on.condition(), place);
        if (on.value().length == 0) {
            throw Signatures.refused(
                    InvalidatesTopic.class,
                    method,
                    "it names no topic, so nothing would be announced",
                    "Name the topics that the method changes, such as @InvalidatesTopic(\"price-list\").");
        }
        for (String topic : on.value()) {
            found.invalidated.put(Signatures.requireTopic(topic, place), place);
        }
        if (isTransactional(method) || isTransactional(type)) {
            found.invalidatedInTransactions.addAll(List.of(on.value()));
        }
    }

    /* By its name: Spring's transactions are not always on the class path. */
    private static boolean isTransactional(AnnotatedElement element) {
        return MergedAnnotations.from(element, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY)
                .isPresent("org.springframework.transaction.annotation.Transactional");
    }

    private void requireSingleton(String bean, String place) {
        if (!beans.isSingleton(bean)) {
            String name = ScopedProxyUtils.isScopedTarget(bean) ? ScopedProxyUtils.getOriginalBeanName(bean) : bean;
            throw new SetupException(
                    place + " cannot work: bean \"" + name
                            + "\" is not a singleton, so there is no one object to call.",
                    "Move the annotation to a singleton bean, or remove the scope.");
        }
    }

    private ResolvableType declaredType(String bean, Class<?> type) {
        if (beans.containsBeanDefinition(bean)) {
            ResolvableType declared = beans.getMergedBeanDefinition(bean).getResolvableType();
            if (declared.resolve() != null) {
                return declared;
            }
        }
        return ResolvableType.forClass(type);
    }

    private ResolvableType resolvableType(String bean, Class<?> type) {
        if (beans.containsBeanDefinition(bean)) {
            ResolvableType declared = beans.getMergedBeanDefinition(bean).getResolvableType();
            Class<?> raw = declared.resolve();
            if (raw != null && SnapshotApplier.class.isAssignableFrom(raw)) {
                return declared;
            }
        }
        return ResolvableType.forClass(type);
    }
}
