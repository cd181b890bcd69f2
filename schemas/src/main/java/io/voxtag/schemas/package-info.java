/**
 * What the services share: the {@link io.voxtag.schemas.Topics topics}, their record keys and the
 * coding of embedding vectors. The records themselves are generated into {@code
 * io.voxtag.schemas.event} from the Avro schemas. No service logic lives here.
 */
@NullMarked
package io.voxtag.schemas;

import org.jspecify.annotations.NullMarked;
