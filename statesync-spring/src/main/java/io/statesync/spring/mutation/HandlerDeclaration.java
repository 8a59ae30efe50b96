package io.statesync.spring.mutation;

import io.statesync.spring.Signatures;
import java.lang.reflect.Method;

/**
 * A method with {@link MutationHandler}.
 *
 * @param collection the collection
 * @param fn the name of the mutation function that it is
 * @param bean the name of its bean
 * @param method the method
 */
record HandlerDeclaration(String collection, String fn, String bean, Method method) {

    String description() {
        return Signatures.describe(method);
    }
}
