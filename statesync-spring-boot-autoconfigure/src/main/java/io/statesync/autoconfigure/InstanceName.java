package io.statesync.autoconfigure;

import java.util.UUID;
import org.springframework.core.env.Environment;

/** Who announces: the application, and something that tells its instances apart. */
final class InstanceName {

    private static final int LONGEST_APPLICATION = 200;

    private InstanceName() {}

    static String of(Environment environment) {
        String application = environment.getProperty("spring.application.name", "application");
        String shown = application.substring(0, Math.min(application.length(), LONGEST_APPLICATION));
        return shown + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
