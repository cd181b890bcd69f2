/**
 * The sending side of the raw protocol, for programs on the JVM: {@link
 * io.voxtag.ingest.client.CallStreamClient}. Needs nothing of the service.
 */
@NullMarked
package io.voxtag.ingest.client;

import org.jspecify.annotations.NullMarked;
