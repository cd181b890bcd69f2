/**
 * Lists of recordings for training and evaluation: what lies in a folder, whose voice it is, which
 * speakers are kept for tests, and trials between these. Decodes audio and knows no network.
 */
@NullMarked
package io.voxtag.standalone.dataset;

import org.jspecify.annotations.NullMarked;
