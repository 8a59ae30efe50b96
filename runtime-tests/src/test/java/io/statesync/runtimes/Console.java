package io.statesync.runtimes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;

/** Does what the test says on the standard input ({@code tea 3}), and ends the application when that ends. */
record Console(Shop shop, ApplicationContext context) implements CommandLineRunner {

    @Override
    public void run(String... arguments) {
        Thread reader = new Thread(this::obey, "console");
        reader.setDaemon(true);
        reader.start();
    }

    private void obey() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                shop.offer(words[0], words[1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.exit(SpringApplication.exit(context));
    }
}
