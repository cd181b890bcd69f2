/** The Quarkus service: start and stop in order, routes, health. */
@NullMarked
package io.voxtag.console.service;

import org.jspecify.annotations.NullMarked;
