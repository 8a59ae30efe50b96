package io.statesync.spring.http;

class SnapshotEndpointOnTomcatIT extends SnapshotEndpointContract {

    SnapshotEndpointOnTomcatIT() {
        super(ServletContainer.TOMCAT);
    }
}
