package io.statesync.spring.kafka;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;
import org.slf4j.LoggerFactory;

/**
 * A broker with its controller, as a process of its own. It says when it listens, answers each line of its input with the
 * number of consumers that read from it, and ends with whoever started it.
 */
final class KafkaNode {

    static final String STARTED = "started";

    private static final String CLUSTER = "statesync-tests-cluster";

    private KafkaNode() {}

    /** The argument is a file of properties. */
    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        PrintStream answers = System.out;
        System.setOut(System.err);
        StorageTool.execute(
                new String[] {"format", "--ignore-formatted", "-t", CLUSTER, "-c", arguments[0]}, System.err);
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            properties.load(reader);
        }
        new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM).startup();
        answers.println(STARTED);
        try (BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (questions.readLine() != null) {
                answers.println(consumers());
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(0);
    }

    /* Each consumer has one fetch session with the broker. */
    private static long consumers() throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        long sessions = 0;
        for (ObjectName name : beans.queryNames(
                new ObjectName("kafka.server:type=FetchSessionCache,name=NumIncrementalFetchSessions,*"), null)) {
            sessions += ((Number) beans.getAttribute(name, "Value")).longValue();
        }
        return sessions;
    }
}
