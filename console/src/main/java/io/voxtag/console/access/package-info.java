/** Who may see and do what the console offers. */
@NullMarked
package io.voxtag.console.access;

import org.jspecify.annotations.NullMarked;
