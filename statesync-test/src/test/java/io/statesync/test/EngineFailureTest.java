package io.statesync.test;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.slf4j.LoggerFactory;

class EngineFailureTest extends EngineFailureContract {

    @Override
    protected AutoCloseable brokenLog() {
        Logger log = (Logger) LoggerFactory.getLogger("io.statesync");
        BrokenAppender appender = new BrokenAppender();
        appender.start();
        Level before = log.getLevel();
        log.setLevel(Level.TRACE);
        log.setAdditive(false);
        log.addAppender(appender);
        return () -> {
            log.detachAppender(appender);
            log.setAdditive(true);
            log.setLevel(before);
        };
    }

    private static final class BrokenAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

        /* not append: the base class would catch what that throws */
        @Override
        public void doAppend(ILoggingEvent event) {
            throw new IllegalStateException("the appender is broken");
        }

        @Override
        protected void append(ILoggingEvent event) {
            throw new IllegalStateException("the appender is broken");
        }
    }
}
