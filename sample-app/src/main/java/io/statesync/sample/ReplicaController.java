package io.statesync.sample;

import io.statesync.RevisionSync;
import io.statesync.SyncStatus;
import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Reads the local copy, whatever the source does; leaves the writing to the source. */
@RestController
@RequestMapping("/api")
@Profile("replica")
class ReplicaController {

    private final SyncedState<Map<String, Flag>> flags;
    private final RevisionSync<Map<String, Flag>> flagsSync;
    private final SyncedState<Map<String, CurrencyEntry>> currencies;
    private final RevisionSync<Map<String, CurrencyEntry>> currenciesSync;
    private final SampleProperties properties;

    ReplicaController(
            @SyncedTopic(Topics.FEATURE_FLAGS) SyncedState<Map<String, Flag>> flags,
            @SyncedTopic(Topics.FEATURE_FLAGS) RevisionSync<Map<String, Flag>> flagsSync,
            @SyncedTopic(Topics.CURRENCIES) SyncedState<Map<String, CurrencyEntry>> currencies,
            @SyncedTopic(Topics.CURRENCIES) RevisionSync<Map<String, CurrencyEntry>> currenciesSync,
            SampleProperties properties) {
        this.flags = flags;
        this.flagsSync = flagsSync;
        this.currencies = currencies;
        this.currenciesSync = currenciesSync;
        this.properties = properties;
    }

    @GetMapping("/feature-flags")
    TopicView<Map<String, Flag>> flags() {
        return view(flags, flagsSync.status());
    }

    @GetMapping("/currencies")
    TopicView<Map<String, CurrencyEntry>> currencies() {
        return view(currencies, currenciesSync.status());
    }

    @RequestMapping(
            path = "/feature-flags/{name}",
            method = {RequestMethod.PUT, RequestMethod.DELETE})
    ProblemDetail refuseEdit(HttpServletRequest request) {
        return refusal(request);
    }

    @PostMapping("/currencies/reload")
    ProblemDetail refuseReload(HttpServletRequest request) {
        return refusal(request);
    }

    private ProblemDetail refusal(HttpServletRequest request) {
        String there = properties.sourceUrl() + request.getRequestURI();
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT,
                "This is a replica, which only reads. Send the " + request.getMethod() + " to its source: " + there);
        problem.setProperty("source", properties.sourceUrl());
        return problem;
    }

    private <T> TopicView<T> view(SyncedState<T> copy, SyncStatus status) {
        if (!status.hasData()) {
            throw noDataYet(status);
        }
        SyncedState.Snapshot<T> snapshot = copy.snapshot();
        return new TopicView<>(snapshot.revision(), status.state(), snapshot.value());
    }

    private ErrorResponseException noDataYet(SyncStatus status) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "This replica has no data of topic \"" + status.topic() + "\" yet. It keeps asking its source: "
                        + properties.sourceUrl());
        problem.setProperty("state", status.state());
        ErrorResponseException noDataYet = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, null);
        noDataYet.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return noDataYet;
    }
}
