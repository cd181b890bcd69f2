/**
 * The commands, one class a verb: what they take, what they print and how they exit. What they do
 * lives in the packages beside this one.
 */
@NullMarked
package io.voxtag.standalone.cli;

import org.jspecify.annotations.NullMarked;
