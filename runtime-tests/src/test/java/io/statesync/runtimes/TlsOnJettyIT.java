package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** https and wss with an SSL bundle: Jetty's client does not look at what the Jakarta API gives it. */
class TlsOnJettyIT extends SourceAndReplicaContract {

    private static final String BUNDLE = "--spring.ssl.bundle.jks.shop.";

    @TempDir
    static Path folder;

    @Override
    Applications applications() {
        Path store = keyStore();
        return Applications.on(
                ClassPath.withJetty(),
                BUNDLE + "keystore.location=" + store.toUri(),
                BUNDLE + "keystore.password=changeit",
                BUNDLE + "truststore.location=" + store.toUri(),
                BUNDLE + "truststore.password=changeit",
                "--server.ssl.bundle=shop",
                "--statesync.sources.shop.ssl-bundle=shop");
    }

    @Override
    String scheme() {
        return "https";
    }

    private static Path keyStore() {
        Path store = folder.resolve("shop.p12");
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                tool,
                "-genkeypair",
                "-alias",
                "shop",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return store;
    }
}
