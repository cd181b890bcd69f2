@NullMarked
package io.voxtag.modelstore;

import org.jspecify.annotations.NullMarked;
