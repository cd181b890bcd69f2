package io.voxtag.trainer.run;

import java.nio.file.Path;

/**
 * A recording to train or to judge on.
 *
 * @param speaker who speaks
 * @param file an audio file
 * @param source where it comes from
 */
public record Recording(String speaker, Path file, String source) {}
