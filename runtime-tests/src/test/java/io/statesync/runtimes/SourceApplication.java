package io.statesync.runtimes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/** The source in a web server; the test speaks to it by the standard input. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SourceApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(SourceApplication.class, arguments);
    }

    @Bean
    Shop shop() {
        return new Shop();
    }

    @Bean
    Console console(Shop shop, ApplicationContext context) {
        return new Console(shop, context);
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        System.out.println("server " + event.getWebServer().getClass().getSimpleName());
        System.out.println("port " + event.getWebServer().getPort());
    }
}
