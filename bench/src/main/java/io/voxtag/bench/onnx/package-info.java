/**
 * Writes a Voxtag network as an ONNX model, so that other runtimes can be measured on the same
 * weights. Only what ECAPA-TDNN needs; nothing is read, nothing is run here.
 */
@NullMarked
package io.voxtag.bench.onnx;

import org.jspecify.annotations.NullMarked;
