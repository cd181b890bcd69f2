/** What the matcher must know of the model in service. Its weights are never read here. */
@NullMarked
package io.voxtag.matcher.model;

import org.jspecify.annotations.NullMarked;
