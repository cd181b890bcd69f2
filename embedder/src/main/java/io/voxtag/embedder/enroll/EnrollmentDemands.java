package io.voxtag.embedder.enroll;

import java.time.Duration;

/**
 * What a recording must be.
 *
 * @param maxLength longest recording
 * @param window length of the windows that it is cut into
 * @param minNetSpeechMs least speech, ms
 * @param minSnrDb least ratio of speech to noise, dB
 * @param severalSpeakersBelow cosine of two voices below which they are two speakers
 */
record EnrollmentDemands(
    Duration maxLength,
    Duration window,
    long minNetSpeechMs,
    double minSnrDb,
    double severalSpeakersBelow) {}
