package io.statesync.spring.http;

class TooManyAtOnceOnTomcatIT extends TooManyAtOnceContract {

    TooManyAtOnceOnTomcatIT() {
        super(ServletContainer.TOMCAT);
    }
}
