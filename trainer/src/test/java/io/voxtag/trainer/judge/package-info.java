@NullMarked
package io.voxtag.trainer.judge;

import org.jspecify.annotations.NullMarked;
