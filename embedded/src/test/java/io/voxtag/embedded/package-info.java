@NullMarked
package io.voxtag.embedded;

import org.jspecify.annotations.NullMarked;
