package io.statesync.spring;

import java.lang.reflect.Method;
import org.springframework.core.ResolvableType;

/**
 * A method of the application's that returns the state of a topic.
 *
 * @param topic the topic
 * @param bean the name of the bean
 * @param method the method
 * @param labelled whether it returns an envelope, and so knows its own revision
 * @param type the type of the data; {@code NONE} if it does not say
 */
record SourceDeclaration(String topic, String bean, Method method, boolean labelled, ResolvableType type) {

    String description() {
        return Signatures.describe(method);
    }
}
