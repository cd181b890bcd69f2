/**
 * Named arguments of parts that configurations choose by name: unknown names and wrong values are
 * refused with messages that name the key. What the arguments mean is told by the parts.
 */
@NullMarked
package io.voxtag.voiceprint.arguments;

import org.jspecify.annotations.NullMarked;
