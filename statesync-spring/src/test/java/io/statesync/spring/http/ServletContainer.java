package io.statesync.spring.http;

import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The containers that the endpoints are tried on: the loopback interface, one servlet for everything. */
enum ServletContainer {
    TOMCAT {
        @Override
        Running start(Servlet servlet, int port) throws Exception {
            TOMCAT_LOG.setLevel(Level.SEVERE);
            Tomcat tomcat = new Tomcat();
            tomcat.setSilent(true);
            tomcat.setBaseDir(Files.createTempDirectory("statesync-tomcat").toString());
            tomcat.setPort(port);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addContext("", null);
            Tomcat.addServlet(context, "dispatcher", servlet);
            context.addServletMappingDecoded("/", "dispatcher");
            tomcat.start();
            return new Running(tomcat.getConnector().getLocalPort(), () -> {
                tomcat.stop();
                tomcat.destroy();
            });
        }
    },

    JETTY {
        @Override
        Running start(Servlet servlet, int port) throws Exception {
            Server jetty = new Server();
            ServerConnector connector = new ServerConnector(jetty);
            connector.setHost("127.0.0.1");
            connector.setPort(port);
            jetty.addConnector(connector);
            ServletContextHandler context = new ServletContextHandler();
            context.addServlet(new ServletHolder(servlet), "/");
            jetty.setHandler(context);
            jetty.start();
            return new Running(connector.getLocalPort(), jetty::stop);
        }
    };

    /** Held, or the level would be forgotten with the logger. */
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    /** @param port 0 for a random one */
    abstract Running start(Servlet servlet, int port) throws Exception;

    /** A container that serves. */
    record Running(int port, AutoCloseable stop) {}
}
