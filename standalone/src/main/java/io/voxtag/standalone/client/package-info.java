/**
 * What a user of Voxtag does from outside: publish enrolments, erase speakers, follow tags. Speaks
 * only to topics.
 */
@NullMarked
package io.voxtag.standalone.client;

import org.jspecify.annotations.NullMarked;
