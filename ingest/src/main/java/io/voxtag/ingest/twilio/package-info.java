/** Twilio Media Streams: JSON messages, put in order by their sequence numbers, one leg a track. */
@NullMarked
package io.voxtag.ingest.twilio;

import org.jspecify.annotations.NullMarked;
