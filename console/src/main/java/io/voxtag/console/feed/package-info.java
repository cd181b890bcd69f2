/** From Kafka's topics to what the page shows. */
@NullMarked
package io.voxtag.console.feed;

import org.jspecify.annotations.NullMarked;
