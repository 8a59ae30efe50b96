/**
 * The project's pages as tests see them: {@code Documents} finds them, a {@code Document} is cut into {@code Block}s.
 */
@NullMarked
package io.statesync.spring.docs;

import org.jspecify.annotations.NullMarked;
