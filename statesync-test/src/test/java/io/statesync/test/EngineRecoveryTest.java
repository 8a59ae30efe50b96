package io.statesync.test;

class EngineRecoveryTest extends EngineRecoveryContract {}
