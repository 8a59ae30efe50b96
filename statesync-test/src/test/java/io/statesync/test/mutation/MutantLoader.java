package io.statesync.test.mutation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Loads the project's classes anew, with a changed one in its place. */
public final class MutantLoader extends ClassLoader {

    private final Map<String, ByteArrayOutputStream> mutants;

    private MutantLoader(Map<String, ByteArrayOutputStream> mutants) {
        super(MutantLoader.class.getClassLoader());
        this.mutants = mutants;
    }

    /** With this source for that type. */
    public static MutantLoader of(String type, String source) throws IOException {
        Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files =
                        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
                JavaFileManager inMemory = new InMemory(files, compiled)) {
            List<String> options = List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
            boolean done = ToolProvider.getSystemJavaCompiler()
                    .getTask(problems, inMemory, null, options, null, List.of(source(type, source)))
                    .call();
            if (!done) {
                throw new AssertionError("the mutant does not compile: " + problems);
            }
        }
        return new MutantLoader(compiled);
    }

    private static JavaFileObject source(String type, String source) {
        URI name = URI.create("mem:///" + type.replace('.', '/') + ".java");
        return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> compiled;

        InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> compiled) {
            super(files);
            this.compiled = compiled;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return compiled.computeIfAbsent(name, first -> new ByteArrayOutputStream());
                }
            };
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("io.statesync.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        ByteArrayOutputStream mutant = mutants.get(name);
        try (InputStream original = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (mutant == null && original == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = mutant != null ? mutant.toByteArray() : original.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
