@NullMarked
package io.voxtag.trainer.dataset;

import org.jspecify.annotations.NullMarked;
