package io.statesync.sample;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many edits, one after the other, each announced: to see what they cost a replica. */
@RestController
@RequestMapping("/api")
@Profile("!replica")
class BurstController {

    private static final FlagName FLAG = new FlagName("burst");
    private static final int MOST = 10_000;

    private final FeatureFlags flags;

    BurstController(FeatureFlags flags) {
        this.flags = flags;
    }

    @PostMapping("/feature-flags/burst")
    Done burst(@RequestBody Burst burst) {
        if (burst.edits() < 1 || burst.edits() > MOST) {
            throw new IllegalArgumentException("A burst has 1 to " + MOST + " edits, not " + burst.edits() + ".");
        }
        Issued last = put(1);
        for (int edit = 2; edit <= burst.edits(); edit++) {
            last = put(edit);
        }
        return new Done(burst.edits(), last.revision());
    }

    /** Odd edits switch it on, even ones off. */
    private Issued put(int edit) {
        return new Issued(flags.put(FLAG, new Flag(edit % 2 == 1)));
    }

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException unreadable) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "The body has to be {\"edits\":1000}.");
    }

    @ExceptionHandler
    ProblemDetail wrong(IllegalArgumentException wrong) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, wrong.getMessage());
    }

    record Burst(int edits) {}

    /**
     * All of them are done.
     *
     * @param edits how many there were
     * @param revision of the last one
     */
    record Done(int edits, String revision) {}
}
