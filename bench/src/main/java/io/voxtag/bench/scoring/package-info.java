/**
 * Comparisons a second: the blocked matrix product of the scoring module beside one pair at a time
 * and beside PyTorch's matrix product.
 */
@NullMarked
package io.voxtag.bench.scoring;

import org.jspecify.annotations.NullMarked;
