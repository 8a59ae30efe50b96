package io.statesync.persistence;

/** A record was written by a newer version of the application. It is not applied, and stays where it is. */
public final class FutureSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int found;
    private final int supported;

    public FutureSchemaException(int found, int supported) {
        super("schema version " + found + " is a future version: this application reads up to " + supported);
        this.found = found;
        this.supported = supported;
    }

    /** The schema version of the record. */
    public int found() {
        return found;
    }

    /** The newest schema version that can be read. */
    public int supported() {
        return supported;
    }
}
