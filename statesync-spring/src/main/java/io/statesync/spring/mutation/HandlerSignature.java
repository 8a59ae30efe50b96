package io.statesync.spring.mutation;

import io.statesync.Revision;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.spring.Signatures;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** Which methods may be a mutation handler, and what their answers mean. */
final class HandlerSignature {

    private static final String ACTION = "Write it as PersistResult name(PersistContext context), or let it return"
            + " Revision, nothing, or a CompletionStage of one of these.";

    private HandlerSignature() {}

    /** @throws io.statesync.spring.SetupException if it is none; the message names the method */
    static void require(Method method, Class<?> beanType) {
        Signatures.refuseSuspend(MutationHandler.class, method);
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length != 1 || parameters[0] != PersistContext.class) {
            throw Signatures.refused(
                    MutationHandler.class,
                    method,
                    "it has other parameters than the one transaction that it is to write",
                    ACTION);
        }
        ResolvableType returned = ResolvableType.forMethodReturnType(method, beanType);
        Class<?> raw = returned.resolve(Object.class);
        Class<?> answer = CompletionStage.class.isAssignableFrom(raw)
                ? returned.as(CompletionStage.class).getGeneric(0).resolve(Object.class)
                : raw;
        if (!isAnswer(answer)) {
            throw Signatures.refused(
                    MutationHandler.class,
                    method,
                    "it returns " + returned + ", which says nothing of what was persisted",
                    ACTION);
        }
    }

    private static boolean isAnswer(Class<?> type) {
        return type == PersistResult.class || type == Revision.class || type == void.class || type == Void.class;
    }

    static PersistResult answer(@Nullable Object answer) {
        if (answer instanceof PersistResult result) {
            return result;
        }
        return answer instanceof Revision revision ? PersistResult.revision(revision) : PersistResult.none();
    }
}
