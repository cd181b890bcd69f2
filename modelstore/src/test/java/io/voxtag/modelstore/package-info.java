/** Tests of model stores: one contract for all kinds, and what is special of each. */
@NullMarked
package io.voxtag.modelstore;

import org.jspecify.annotations.NullMarked;
