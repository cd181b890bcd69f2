/** How the console is configured. */
@NullMarked
package io.voxtag.console.config;

import org.jspecify.annotations.NullMarked;
