package io.statesync.autoconfigure;

import io.statesync.spring.SetupException;
import io.statesync.spring.SourceSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** Finds the SSL bundle that a property names. */
final class SslBundleNames {

    private SslBundleNames() {}

    static SslBundle of(SourceSettings source, String name, ObjectProvider<SslBundles> bundles) {
        return of("statesync.sources." + source.name() + ".ssl-bundle", name, bundles);
    }

    static SslBundle of(String property, String name, ObjectProvider<SslBundles> bundles) {
        try {
            return bundles.getObject().getBundle(name);
        } catch (NoSuchSslBundleException e) {
            throw new SetupException(
                    property + " names the unknown SSL bundle \"" + name + "\".",
                    "Configure the bundle under spring.ssl.bundle, or correct the name.",
                    e);
        }
    }
}
