/**
 * How every service meets Kafka: settings, waiting for the broker, making the topics, and sending
 * away what cannot be processed. Consumers and producers themselves belong to the services.
 */
@NullMarked
package io.voxtag.schemas.kafka;

import org.jspecify.annotations.NullMarked;
