/** What tests of several modules share. Never on a production class path. */
@NullMarked
package io.voxtag.testkit;

import org.jspecify.annotations.NullMarked;
