package io.statesync.benchmarks.startup;

import io.statesync.RevisionSync;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * The harness's minimal application with so many topics, each of which has its first snapshot when the start is over.
 * Argument: how many. Prints the line of the harness's own minimal application, which has no beans of its own: those of
 * this one stand for a source, and cost no subclass made for them.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class StartUp {

    @Bean
    LocalSource.Events events() {
        return new LocalSource.Events();
    }

    @Bean
    LocalSource.Snapshots snapshots() {
        return new LocalSource.Snapshots();
    }

    public static void main(String[] arguments) {
        int topics = Integer.parseInt(arguments[0]);
        Map<String, Object> settings = new HashMap<>();
        settings.put("statesync.sources.bench.events", "bench");
        settings.put("statesync.sources.bench.snapshots", "bench");
        for (int i = 0; i < topics; i++) {
            settings.put("statesync.topics.topic-" + i + ".type", "java.lang.String");
        }
        long begin = System.nanoTime();
        SpringApplication application = new SpringApplication(StartUp.class);
        application.setDefaultProperties(settings);
        ConfigurableApplicationContext context = application.run();
        double millis = (System.nanoTime() - begin) / 1e6;
        double cpuMillis = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e6;
        long live = context.getBeansOfType(RevisionSync.class).values().stream()
                .filter(sync -> sync.localRevision().bits() > 0)
                .count();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        System.out.printf(
                Locale.ROOT,
                "B6START run_ms=%.1f cpu_ms=%.1f heap_after_gc_kb=%d topics=%d live=%d beans=%d%n",
                millis,
                cpuMillis,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024,
                topics,
                live,
                context.getBeanDefinitionCount());
        context.close();
    }
}
