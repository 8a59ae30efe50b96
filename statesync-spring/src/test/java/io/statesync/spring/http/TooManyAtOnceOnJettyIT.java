package io.statesync.spring.http;

class TooManyAtOnceOnJettyIT extends TooManyAtOnceContract {

    TooManyAtOnceOnJettyIT() {
        super(ServletContainer.JETTY);
    }
}
