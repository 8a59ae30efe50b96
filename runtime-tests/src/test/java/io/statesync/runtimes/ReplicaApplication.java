package io.statesync.runtimes;

import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.Map;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** A replica, with a server or without, and its job: when that runs, the first snapshot is there. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ReplicaApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ReplicaApplication.class, arguments);
    }

    @Bean
    @SyncedTopic("offers")
    SyncedState<Map<String, List<Price>>> offers() {
        return SyncedState.create();
    }

    @Bean
    Reader reader() {
        return new Reader();
    }

    @Bean
    CommandLineRunner job(@SyncedTopic("offers") SyncedState<Map<String, List<Price>>> offers) {
        return arguments -> System.out.println("job " + Price.describe(offers.get()));
    }
}
