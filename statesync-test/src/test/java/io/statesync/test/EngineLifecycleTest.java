package io.statesync.test;

class EngineLifecycleTest extends EngineLifecycleContract {}
