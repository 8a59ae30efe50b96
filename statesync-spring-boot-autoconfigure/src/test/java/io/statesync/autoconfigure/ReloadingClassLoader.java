package io.statesync.autoconfigure;

import java.io.IOException;
import java.io.InputStream;

/** Loads one class, and those inside it, anew; the others are those of its parent. */
final class ReloadingClassLoader extends ClassLoader {

    private final String reloaded;

    ReloadingClassLoader(String reloaded) {
        super(ReloadingClassLoader.class.getClassLoader());
        this.reloaded = reloaded;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(reloaded)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream code = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (code == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = code.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
