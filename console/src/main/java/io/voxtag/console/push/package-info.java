/** Browsers that are told of changes as they come. */
@NullMarked
package io.voxtag.console.push;

import org.jspecify.annotations.NullMarked;
