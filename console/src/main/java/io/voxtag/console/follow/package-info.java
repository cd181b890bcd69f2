/** Following a topic for as long as the console runs, through outages of Kafka. */
@NullMarked
package io.voxtag.console.follow;

import org.jspecify.annotations.NullMarked;
