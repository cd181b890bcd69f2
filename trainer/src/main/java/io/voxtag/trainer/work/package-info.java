/** Works runs off, one by one: from the labelled recordings to a published version. */
@NullMarked
package io.voxtag.trainer.work;

import org.jspecify.annotations.NullMarked;
