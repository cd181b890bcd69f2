/** Tests of serdes and of the evolution of schemas. */
@NullMarked
package io.voxtag.schemas.serde;

import org.jspecify.annotations.NullMarked;
