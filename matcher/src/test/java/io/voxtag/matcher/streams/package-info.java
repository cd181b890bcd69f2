@NullMarked
package io.voxtag.matcher.streams;

import org.jspecify.annotations.NullMarked;
