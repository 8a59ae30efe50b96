package io.statesync.autoconfigure.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * How often what happened to a topic since the start, as it is shown; what never happened is left out.
 *
 * @param invalidations events by outcome
 * @param refreshes rounds by outcome
 * @param errors failures by phase
 * @param probeRepairs events that were lost, and found by a probe
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record CountsView(
        Map<String, Long> invalidations, Map<String, Long> refreshes, Map<String, Long> errors, long probeRepairs) {}
