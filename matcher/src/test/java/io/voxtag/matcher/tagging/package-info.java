@NullMarked
package io.voxtag.matcher.tagging;

import org.jspecify.annotations.NullMarked;
