package io.statesync.test;

class EngineLoadTest extends EngineLoadContract {}
