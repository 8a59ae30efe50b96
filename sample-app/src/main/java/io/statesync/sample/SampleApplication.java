package io.statesync.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * A source of truth and, beside it, a replica; with the profile {@code replica}, a replica of one; with {@code redis}, {@code postgres} or {@code kafka},
 * one of several instances.
 */
@SpringBootApplication
@EnableConfigurationProperties(SampleProperties.class)
public class SampleApplication {

    public static void main(String[] args) {
        Companion.startBeside(SpringApplication.run(SampleApplication.class, args));
    }
}
