/**
 * Times several contestants turn by turn, reports medians and checks that they compute the same.
 * Knows nothing of what they do.
 */
@NullMarked
package io.voxtag.bench.measure;

import org.jspecify.annotations.NullMarked;
