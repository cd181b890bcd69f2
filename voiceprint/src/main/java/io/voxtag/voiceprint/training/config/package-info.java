/**
 * Training configurations: records with one component a key, and the reader that checks a YAML file
 * and takes the layouts of the original project too. Nothing is made from them here.
 */
@NullMarked
package io.voxtag.voiceprint.training.config;

import org.jspecify.annotations.NullMarked;
