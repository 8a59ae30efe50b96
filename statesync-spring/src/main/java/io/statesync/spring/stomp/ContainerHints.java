package io.statesync.spring.stomp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/** Names for a native image the methods by which {@link ContainerClient} ends a container. */
final class ContainerHints implements RuntimeHintsRegistrar {

    private static final List<String> CONTAINERS = List.of(
            "io.statesync.spring.stomp.JettyContainer",
            "org.apache.tomcat.websocket.WsWebSocketContainer",
            "org.glassfish.tyrus.client.ClientManager");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        for (String name : CONTAINERS) {
            if (ClassUtils.isPresent(name, classLoader)) {
                ContainerClient.ending(ClassUtils.resolveClassName(name, classLoader))
                        .ifPresent(method -> hints.reflection().registerMethod(method, ExecutableMode.INVOKE));
            }
        }
    }
}
