/**
 * Brokers and Redis servers for tests, and ways to write and read topics. Containers where a Docker
 * engine is found, embedded servers otherwise. Never on a production class path.
 */
@NullMarked
package io.voxtag.testkit;

import org.jspecify.annotations.NullMarked;
