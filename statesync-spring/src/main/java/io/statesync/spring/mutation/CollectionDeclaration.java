package io.statesync.spring.mutation;

import org.springframework.core.ResolvableType;

/**
 * A bean that is a collection.
 *
 * @param topic its topic, and its id
 * @param bean its name
 * @param key the type of its keys
 * @param row the type of its rows
 */
record CollectionDeclaration(String topic, String bean, ResolvableType key, ResolvableType row) {}
