/** The door for live call audio: WebSocket in, {@code call-audio} out. */
@NullMarked
package io.voxtag.ingest;

import org.jspecify.annotations.NullMarked;
