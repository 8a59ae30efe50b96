package io.statesync.autoconfigure;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.core.env.Environment;

/** Who announces: the application, and something that tells its instances apart. */
final class InstanceName {

    private static final int LONGEST_APPLICATION = 200;

    private InstanceName() {}

    static String of(Environment environment) {
        String application = environment.getProperty("spring.application.name", "application");
        String shown = application.substring(0, Math.min(application.length(), LONGEST_APPLICATION));
        // no secret, so not worth the start of a secure source of random numbers
        return shown + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }
}
