package io.statesync.spring;

import io.statesync.source.StatePublisher;
import java.util.function.Supplier;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.BeanFactory;

/**
 * Puts beans with {@link InvalidatesTopic} methods behind a proxy, inside their transactions: when the method is over, its
 * own transaction is still to commit, so that a {@link TransactionalRevisionCounter} issues as a part of it.
 */
public final class InvalidatesTopicPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private static final long serialVersionUID = 1L;

    private final transient Conditions conditions = new Conditions();

    /**
     * @param publisher asked at the first announcement, not before: this object exists before most beans
     * @param proxyTargetClass whether to make subclasses even of beans with interfaces
     */
    public InvalidatesTopicPostProcessor(Supplier<StatePublisher> publisher, boolean proxyTargetClass) {
        this.advisor = new DefaultPointcutAdvisor(
                new AnnotationMatchingPointcut(null, InvalidatesTopic.class, true),
                new InvalidatesTopicInterceptor(publisher, conditions));
        setProxyTargetClass(proxyTargetClass);
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        super.setBeanFactory(beanFactory);
        conditions.beans(beanFactory);
    }
}
