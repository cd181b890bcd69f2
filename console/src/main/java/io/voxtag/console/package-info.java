/**
 * The live page: calls and who speaks on them, speakers, models, trainings. It reads and writes
 * topics, and nothing else.
 */
@NullMarked
package io.voxtag.console;

import org.jspecify.annotations.NullMarked;
