package io.statesync.reliability;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/**
 * Any request to the endpoints of a whole application: snapshots, revisions, the module for web pages and the two Actuator
 * endpoints. One of the statuses that are documented, no stack trace, no line of the client's in a header, none of ours in the log, and
 * nothing of a topic that is not exposed.
 */
final class RequestTarget implements FuzzTarget {

    private static final String[] PATHS = {
        "/statesync/snapshots/prices",
        "/statesync/snapshots/",
        "/statesync/revisions?topic=prices&topic=",
        "/statesync/revisions?",
        "/statesync/statesync.js",
        "/statesync/",
        "/actuator/statesync",
        "/actuator/statesync/",
        "/actuator/statesync/prices",
        "/actuator/statesynctransactions",
        "/actuator/statesynctransactions?limit=",
        "/actuator/statesynctransactions?state=",
        "/actuator/statesynctransactions/"
    };
    private static final HttpMethod[] METHODS = {
        HttpMethod.GET,
        HttpMethod.POST,
        HttpMethod.HEAD,
        HttpMethod.DELETE,
        HttpMethod.PUT,
        HttpMethod.OPTIONS,
        HttpMethod.PATCH
    };
    private static final String[] HEADERS = {
        "If-None-Match",
        "Accept",
        "Accept-Encoding",
        "Range",
        "Origin",
        "Content-Type",
        "traceparent",
        "X-Forwarded-Host"
    };
    private static final Set<Integer> CLEAN = Set.of(200, 204, 304, 400, 403, 404, 405, 406, 415, 416);

    private final ConcurrentLinkedQueue<String> loud = new ConcurrentLinkedQueue<>();
    private final MockMvc http;

    RequestTarget() {
        SpringApplication application = new SpringApplication(RequestedApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setApplicationContextFactory(type -> {
            AnnotationConfigServletWebApplicationContext context = new AnnotationConfigServletWebApplicationContext();
            context.setServletContext(new MockServletContext());
            return context;
        });
        ConfigurableApplicationContext context = application.run(
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--statesync.topics.prices.expose=true",
                "--statesync.mutations.storage=memory",
                "--management.endpoints.web.exposure.include=statesync,statesynctransactions",
                "--management.endpoint.statesync.access=unrestricted",
                "--management.endpoint.statesynctransactions.access=unrestricted");
        http = MockMvcBuilders.webAppContextSetup((WebApplicationContext) context)
                .build();
        listen();
    }

    private void listen() {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                // what Spring MVC writes of a wrong media type is the application's to set
                if (event.getLevel().isGreaterOrEqual(Level.WARN)
                        && event.getLoggerName().startsWith("io.statesync")) {
                    loud.add(event.getLoggerName() + ": " + event.getFormattedMessage());
                }
            }
        };
        appender.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(appender);
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int path = 0; path < PATHS.length; path++) {
            seeds.add(Input.of("\n", 0, path, 0));
        }
        for (String action :
                List.of("refresh", "reset", "pause", "resume", "invalidate", "flush", "clear", "no\\nsuch")) {
            seeds.add(Input.of("\n\u0005application/json\n{\"action\":\"" + action + "\"}", 1, 8, 1));
        }
        seeds.add(Input.of("\n\u0005applicatino/json\n{}", 1, 8, 1));
        seeds.add(Input.of("hidden\n", 0, 1, 0));
        seeds.add(Input.of("../../x%2e%2e%2fy;a=b\n", 0, 1, 0));
        seeds.add(Input.of("a%0d%0aSet-Cookie:x=y\n", 0, 2, 0));
        seeds.add(Input.of("\n\u0002gzip;q=0.5, *;q=0\n", 0, 0, 1));
        seeds.add(Input.of("\n\u0000\"1\", W/\"2\", *\n", 0, 0, 1));
        seeds.add(Input.of("0\n", 0, 10, 0));
        seeds.add(Input.of("failed&collection=todos&limit=3\n", 0, 11, 0));
        seeds.add(Input.of("x\n\u0005application/json\n{\"action\":\"resubmit\"}", 1, 12, 1));
        return seeds;
    }

    @Override
    public void play(byte[] bytes) throws Exception {
        Input input = new Input(bytes);
        HttpMethod method = input.oneOf(METHODS);
        String path = input.oneOf(PATHS);
        int count = input.below(4);
        String more = input.line();
        URI uri = uri(path, more);
        if (uri == null) {
            return;
        }
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.request(method, uri);
        for (int i = 0; i < count; i++) {
            String name = input.oneOf(HEADERS);
            request.header(name, input.line().replaceAll("\\p{Cntrl}", ""));
        }
        if (method == HttpMethod.POST) {
            request.content(input.rest());
        }
        check(method + " " + uri, http.perform(request).andReturn().getResponse());
    }

    private void check(String asked, MockHttpServletResponse response) throws Exception {
        Oracle.holds(CLEAN.contains(response.getStatus()), asked + " is answered with " + response.getStatus());
        for (String header : response.getHeaderNames()) {
            response.getHeaders(header).forEach(Oracle::oneLine);
        }
        String body = response.getContentAsString(StandardCharsets.UTF_8);
        boolean script = "text/javascript"
                .equals(String.valueOf(response.getContentType()).split(";")[0]);
        Oracle.holds(
                script || (!body.contains("\tat ") && !body.contains("Exception")),
                asked + " shows an exception: " + body);
        Oracle.holds(
                asked.contains("/actuator/") || !body.contains(RequestedApplication.SECRET),
                asked + " shows what is not exposed");
        Oracle.holds(loud.isEmpty(), asked + " makes a log line: " + loud);
    }

    /* What a server's parser lets through to the application. */
    private static URI uri(String path, String more) {
        StringBuilder encoded = new StringBuilder(path);
        for (byte b : more.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > ' ' && b < 127 && "\"<>\\^`{|}#[]".indexOf(b) < 0;
            encoded.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
        }
        try {
            return new URI(encoded.toString());
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
