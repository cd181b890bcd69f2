/**
 * From {@code enrollment-embeddings} to the registry and {@code enrollment-results}: who may be
 * enrolled, in the order in which it was asked for, also while Redis is away. How Redis is written
 * is not here.
 */
@NullMarked
package io.voxtag.matcher.enrollment;

import org.jspecify.annotations.NullMarked;
