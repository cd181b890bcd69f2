/**
 * Who spoke when in a recording, from vectors of short windows: grouping them into speakers, how
 * many speakers there are, smoothing over time, naming known voices, and the diarization error rate
 * by which the answer is judged. Knows nothing of audio or networks.
 */
@NullMarked
package io.voxtag.scoring.diarization;

import org.jspecify.annotations.NullMarked;
