package io.statesync.spring.docs;

import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param page the page's path, from the root of the project
 * @param line the line of the first one inside the fence, from 1
 * @param language what stands behind the fence; empty if nothing does
 * @param text what stands between the fences
 * @param shownBy the tests that a comment right above names: {@code <!-- shown by XTest -->}
 */
public record Block(String page, int line, String language, String text, List<String> shownBy) {

    /** Where it stands, for messages. */
    public String place() {
        return page + ":" + line;
    }
}
