/**
 * All services in one process: the data folder, the broker and the registry that are started with
 * it, and the order in which it all starts and stops. No service logic.
 */
@NullMarked
package io.voxtag.standalone.runtime;

import org.jspecify.annotations.NullMarked;
