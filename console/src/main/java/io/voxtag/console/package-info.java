/**
 * The console: a page that shows live calls, speakers, models and training runs as they are on
 * Kafka's topics, and orders what an operator wants by writing there. {@code state} is what it
 * shows, {@code feed} where that comes from, {@code web} how a browser gets it.
 */
@NullMarked
package io.voxtag.console;

import org.jspecify.annotations.NullMarked;
