/**
 * The life cycle of model versions as the topic {@code model-versions} holds it: which version is
 * in service, which one is on its way, and how to follow and to change that. Every service that has
 * to do with models reads it here, so that all draw the same conclusions.
 */
@NullMarked
package io.voxtag.schemas.lifecycle;

import org.jspecify.annotations.NullMarked;
