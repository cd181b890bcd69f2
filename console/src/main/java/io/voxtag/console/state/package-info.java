/** What the page shows, bounded and in memory. Knows neither Kafka nor HTTP. */
@NullMarked
package io.voxtag.console.state;

import org.jspecify.annotations.NullMarked;
