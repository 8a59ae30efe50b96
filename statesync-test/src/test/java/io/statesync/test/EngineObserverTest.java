package io.statesync.test;

class EngineObserverTest extends EngineObserverContract {}
