@NullMarked
package io.voxtag.trainer.run;

import org.jspecify.annotations.NullMarked;
