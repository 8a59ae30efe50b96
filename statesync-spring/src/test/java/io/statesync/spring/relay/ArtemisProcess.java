package io.statesync.spring.relay;

import java.nio.file.Files;
import java.util.Scanner;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** A broker for STOMP that ends with its standard input, and answers each line there with the number of its connections. */
final class ArtemisProcess {

    private ArtemisProcess() {}

    public static void main(String[] arguments) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false);
        configuration.setSecurityEnabled(false);
        configuration.setJMXManagementEnabled(false);
        configuration.setBrokerInstance(
                Files.createTempDirectory("statesync-artemis").toFile());
        configuration.addAcceptorConfiguration("stomp", "tcp://127.0.0.1:" + arguments[0] + "?protocols=STOMP");
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        System.out.println("listening");
        Scanner questions = new Scanner(System.in);
        while (questions.hasNextLine()) {
            questions.nextLine();
            System.out.println("connections "
                    + broker.getActiveMQServer()
                            .getRemotingService()
                            .getConnections()
                            .size());
        }
        // no farewell: whoever started it has ended
        Runtime.getRuntime().halt(0);
    }
}
