/**
 * How a published version comes into service: whether everybody is ready for it, its promotion, and
 * the retirement of the one before.
 */
@NullMarked
package io.voxtag.trainer.lifecycle;

import org.jspecify.annotations.NullMarked;
