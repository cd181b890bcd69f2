/**
 * What model versions on their way into service would say of live windows, compared with what is
 * said. Only counts: no tag depends on it, and it may miss windows.
 */
@NullMarked
package io.voxtag.matcher.shadow;

import org.jspecify.annotations.NullMarked;
