@NullMarked
package io.voxtag.matcher.registry;

import org.jspecify.annotations.NullMarked;
