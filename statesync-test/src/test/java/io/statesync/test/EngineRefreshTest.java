package io.statesync.test;

class EngineRefreshTest extends EngineRefreshContract {}
