package io.statesync.persistence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The steps that change a directory of records, so that a test can stop after each of them. */
interface Disk {

    /** A new, empty file. */
    Sink create(Path file) throws IOException;

    /** Gives the file another name, in one step; what had that name is gone. */
    void rename(Path from, Path to) throws IOException;

    /** Names survive a crash of the machine afterwards. */
    void forceNames(Path directory) throws IOException;

    /** Removes the file if it is there. */
    void delete(Path file) throws IOException;

    /** A file that is being written. */
    abstract class Sink extends OutputStream {

        /** What was written survives a crash of the machine afterwards. */
        abstract void force() throws IOException;
    }
}
