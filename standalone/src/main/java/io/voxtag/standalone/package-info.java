/**
 * Everything in one process, and the {@code voxtag} command line over it. Nothing depends on this
 * module. Here is only where the program begins.
 */
@NullMarked
package io.voxtag.standalone;

import org.jspecify.annotations.NullMarked;
