/**
 * Running a Kafka Streams topology: its settings, its life, and where records go that cannot be
 * processed. Knows no topology.
 */
@NullMarked
package io.voxtag.matcher.streams;

import org.jspecify.annotations.NullMarked;
