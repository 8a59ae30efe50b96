package io.statesync;

/** A sync as its probe sees it. */
record ProbeTarget(Engine<?> engine) implements RevisionProbe.Target {

    @Override
    public String topic() {
        return engine.topic;
    }

    @Override
    public boolean wantsProbe() {
        return engine.lifeCycle.subscribed();
    }

    @Override
    public void probed(Revision revision) {
        engine.probed(revision.bits());
    }

    @Override
    public void probeFailed() {
        engine.probeFailed();
    }
}
