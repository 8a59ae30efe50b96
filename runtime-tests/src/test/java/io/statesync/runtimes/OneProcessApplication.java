package io.statesync.runtimes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** Source and replica in one process, over application events. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class OneProcessApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(OneProcessApplication.class, arguments);
    }

    @Bean
    Shop shop() {
        return new Shop();
    }

    @Bean
    Reader reader() {
        return new Reader();
    }

    @Bean
    Console console(Shop shop, ApplicationContext context) {
        return new Console(shop, context);
    }
}
