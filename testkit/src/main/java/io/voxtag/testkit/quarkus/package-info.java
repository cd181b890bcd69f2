/** The servers of the testkit as Quarkus test resources: they configure the application. */
@NullMarked
package io.voxtag.testkit.quarkus;

import org.jspecify.annotations.NullMarked;
