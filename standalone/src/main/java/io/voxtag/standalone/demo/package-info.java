/**
 * The demo: sample calls with their ground truth, streamed like live ones, and the account of how
 * many tags were right.
 */
@NullMarked
package io.voxtag.standalone.demo;

import org.jspecify.annotations.NullMarked;
