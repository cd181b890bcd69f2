@NullMarked
package io.voxtag.testkit;

import org.jspecify.annotations.NullMarked;
