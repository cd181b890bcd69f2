/**
 * Embeddings a second: Voxtag's network and whole model beside ONNX Runtime on the same weights,
 * and beside the matrix-product rate of the machine.
 */
@NullMarked
package io.voxtag.bench.embedding;

import org.jspecify.annotations.NullMarked;
