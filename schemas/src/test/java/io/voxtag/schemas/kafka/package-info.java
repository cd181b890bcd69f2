/** Tests of settings, topic creation and dead letters. */
@NullMarked
package io.voxtag.schemas.kafka;

import org.jspecify.annotations.NullMarked;
