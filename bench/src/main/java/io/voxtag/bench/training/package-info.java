/**
 * Training and feature extraction beside the same network and features in PyTorch for Python, which
 * runs as a child process.
 */
@NullMarked
package io.voxtag.bench.training;

import org.jspecify.annotations.NullMarked;
