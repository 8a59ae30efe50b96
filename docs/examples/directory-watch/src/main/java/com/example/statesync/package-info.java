/** A transport over a shared directory: {@code DirectoryTransport}, {@code EventFile}, {@code Watched}. */
@NullMarked
package com.example.statesync;

import org.jspecify.annotations.NullMarked;
