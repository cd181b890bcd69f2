/** Benchmarks; each prints a ratio against a peer or a limit measured in the same run. */
@NullMarked
package io.voxtag.bench;

import org.jspecify.annotations.NullMarked;
