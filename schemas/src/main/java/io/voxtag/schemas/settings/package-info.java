/** What every service asks of its settings before it starts. */
@NullMarked
package io.voxtag.schemas.settings;

import org.jspecify.annotations.NullMarked;
