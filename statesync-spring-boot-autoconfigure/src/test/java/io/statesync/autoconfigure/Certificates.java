package io.statesync.autoconfigure;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** Certificates of an authority of its own, made by the keytool of this JDK for one run; nothing of them is kept. */
final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path keys;
    private final Path trust;

    /** An authority, which is what others trust. */
    Certificates(Path folder, String name) throws Exception {
        keys = folder.resolve(name + "-keys.p12");
        trust = folder.resolve(name + "-trust.p12");
        keytool("-alias", "ca", "-dname", "CN=" + name, "-ext", "bc:c");
        try (InputStream in = Files.newInputStream(keys);
                OutputStream out = Files.newOutputStream(trust)) {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(in, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", all.getCertificate("ca"));
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    /** A key and its certificate, signed by the authority. */
    Certificates sign(String alias, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("-alias", alias, "-dname", "CN=" + alias, "-signer", "ca", "-ext", "san=dns:localhost"));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(String[]::new));
        return this;
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool failed: " + said);
        }
    }

    /** Properties of an SSL bundle that trusts this authority, and shows nothing. */
    List<String> trusting(String bundle) {
        String prefix = "spring.ssl.bundle.jks." + bundle + ".truststore.";
        return List.of(prefix + "location=" + trust.toUri(), prefix + "password=" + PASSWORD);
    }

    /** Properties of an SSL bundle that trusts this authority, and shows one of its certificates. */
    List<String> showing(String bundle, String alias) {
        String prefix = "spring.ssl.bundle.jks." + bundle;
        List<String> properties = new ArrayList<>(trusting(bundle));
        properties.add(prefix + ".keystore.location=" + keys.toUri());
        properties.add(prefix + ".keystore.password=" + PASSWORD);
        properties.add(prefix + ".key.alias=" + alias);
        return properties;
    }
}
