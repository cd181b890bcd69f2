/** The Quarkus service: start and stop in order, routes, health. No logic of streams lives here. */
@NullMarked
package io.voxtag.ingest.service;

import org.jspecify.annotations.NullMarked;
