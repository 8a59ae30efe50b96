package io.statesync.test;

class EngineEventTest extends EngineEventContract {}
