package io.statesync.autoconfigure.fabric;

import io.statesync.Revision;
import io.statesync.spring.TopicSource;
import io.statesync.spring.jdbc.JdbcStateStore;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One of several sources of the same topics, in a JVM of its own: numbers in a table, each edit adds one. It does what its
 * standard input says, {@code <edits> <seed>}, and tells each edit: {@code edit <topic> <number> <revision>}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class FabricSource {

    static final List<String> TOPICS = List.of("fabric-a", "fabric-b", "fabric-c");

    private final JdbcTemplate database;

    FabricSource(JdbcTemplate database) {
        this.database = database;
    }

    public static void main(String[] arguments) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(FabricSource.class).run(arguments);
        if (context instanceof WebServerApplicationContext web) {
            System.out.println(
                    "port " + Objects.requireNonNull(web.getWebServer()).getPort());
        }
        System.out.println("ready");
        Edits edits = new Edits(
                context.getBean(JdbcTemplate.class),
                new TransactionTemplate(context.getBean(PlatformTransactionManager.class)),
                context.getBean(JdbcStateStore.class));
        Scanner orders = new Scanner(System.in);
        while (orders.hasNextInt()) {
            edits.make(orders.nextInt(), new Random(orders.nextLong()));
            System.out.println("done");
        }
        context.close();
    }

    @TopicSource("fabric-a")
    long first() {
        return number("fabric-a");
    }

    @TopicSource("fabric-b")
    long second() {
        return number("fabric-b");
    }

    @TopicSource("fabric-c")
    long third() {
        return number("fabric-c");
    }

    private long number(String topic) {
        return Objects.requireNonNull(
                database.queryForObject("SELECT number FROM fabric WHERE topic = ?", Long.class, topic));
    }

    private record Edits(JdbcTemplate database, TransactionTemplate transaction, JdbcStateStore store) {

        void make(int count, Random random) {
            for (int made = 0; made < count; ) {
                if (edited(TOPICS.get(random.nextInt(TOPICS.size())))) {
                    made++;
                }
            }
        }

        /* While its database is away an edit fails, as in any application, and is made again. */
        private boolean edited(String topic) {
            try {
                System.out.println("edit " + topic + " "
                        + Objects.requireNonNull(transaction.execute(status -> {
                            Long number = database.queryForObject(
                                    "UPDATE fabric SET number = number + 1 WHERE topic = ? RETURNING number",
                                    Long.class,
                                    topic);
                            return new Edit(number, store.put(topic, number));
                        })));
                return true;
            } catch (RuntimeException e) {
                System.out.println("failed " + topic + " " + e.getMessage());
                return false;
            }
        }
    }

    /** The revision is there after the commit. */
    private record Edit(Long number, CompletableFuture<Revision> revision) {
        @Override
        public String toString() {
            return number + " " + revision.join();
        }
    }
}
