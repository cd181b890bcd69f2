@NullMarked
package io.voxtag.matcher.shadow;

import org.jspecify.annotations.NullMarked;
