@NullMarked
package io.voxtag.testkit.speech;

import org.jspecify.annotations.NullMarked;
