/**
 * The models that an embedder holds: the one in service, those on their way into service, and the
 * one that was in service before; what {@code model-versions} says decides which. Its doors are
 * {@link io.voxtag.embedder.model.ServingModels}, which gives each window its model, and {@link
 * io.voxtag.embedder.model.ModelLifecycle}, which changes them. Knows nothing of legs and windows.
 */
@NullMarked
package io.voxtag.embedder.model;

import org.jspecify.annotations.NullMarked;
