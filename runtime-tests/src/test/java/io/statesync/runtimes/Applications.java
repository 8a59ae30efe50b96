package io.statesync.runtimes;

import java.util.ArrayList;
import java.util.List;

/**
 * How the test's applications are started.
 *
 * @param classPath what is there
 * @param jvmArguments for the JVM
 * @param properties for Spring Boot, as arguments
 */
record Applications(ClassPath classPath, List<String> jvmArguments, List<String> properties) {

    private static final List<String> ALWAYS = List.of("--spring.main.banner-mode=off", "--server.port=0");

    static final List<String> SOURCE = List.of("--statesync.topics.offers.expose=true");

    static Applications on(ClassPath classPath, String... properties) {
        return new Applications(classPath, List.of(), List.of(properties));
    }

    /** The same, with further arguments for the JVM. */
    Applications with(List<String> moreJvmArguments) {
        List<String> all = new ArrayList<>(jvmArguments);
        all.addAll(moreJvmArguments);
        return new Applications(classPath, all, properties);
    }

    ChildJvm source() {
        return start(SourceApplication.class, SOURCE);
    }

    ChildJvm replicaOf(ChildJvm source) {
        return replicaAt("http://localhost:" + source.awaitLine("port "));
    }

    ChildJvm replicaAt(String url) {
        return start(ReplicaApplication.class, replicaArguments(url));
    }

    /* No probe in the test's time: what arrives was announced. */
    static List<String> replicaArguments(String url) {
        return List.of("--statesync.sources.shop.urls=" + url, "--statesync.sources.shop.probe-interval=1h");
    }

    ChildJvm start(Class<?> main, List<String> more) {
        List<String> arguments = new ArrayList<>(ALWAYS);
        arguments.addAll(properties);
        arguments.addAll(more);
        return ChildJvm.start(classPath, jvmArguments, main.getName(), arguments);
    }
}
