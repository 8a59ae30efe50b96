package io.statesync.test;

class EngineRegressionTest extends EngineRegressionContract {}
