/** Everything in one process, and the command line over it. Nothing depends on this module. */
@NullMarked
package io.voxtag.standalone;

import org.jspecify.annotations.NullMarked;
