/** Times several contestants turn by turn and reports medians. Knows nothing of what they do. */
@NullMarked
package io.voxtag.bench.measure;

import org.jspecify.annotations.NullMarked;
