package io.statesync.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Leaves the writing to the source. */
@RestController
@RequestMapping("/api")
@Profile("replica")
class ReplicaController {

    private final URI source;

    ReplicaController(SampleProperties properties) {
        this.source = properties.sourceUrl();
    }

    @RequestMapping(
            path = "/feature-flags/{name}",
            method = {RequestMethod.PUT, RequestMethod.DELETE})
    ProblemDetail refuseEdit(HttpServletRequest request) {
        return refusal(request);
    }

    @PostMapping({"/currencies/reload", "/feature-flags/burst"})
    ProblemDetail refusePost(HttpServletRequest request) {
        return refusal(request);
    }

    private ProblemDetail refusal(HttpServletRequest request) {
        String there = source + request.getRequestURI();
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT,
                "This is a replica, which only reads. Send the " + request.getMethod() + " to its source: " + there);
        problem.setProperty("source", source);
        return problem;
    }
}
