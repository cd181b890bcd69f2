@NullMarked
package io.voxtag.schemas.lifecycle;

import org.jspecify.annotations.NullMarked;
