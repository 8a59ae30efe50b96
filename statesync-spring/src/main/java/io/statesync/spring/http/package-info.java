/** Snapshots over HTTP: the endpoint and the client. */
@NullMarked
package io.statesync.spring.http;

import org.jspecify.annotations.NullMarked;
