@NullMarked
package io.voxtag.matcher;

import org.jspecify.annotations.NullMarked;
