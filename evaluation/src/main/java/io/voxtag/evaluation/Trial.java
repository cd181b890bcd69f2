package io.voxtag.evaluation;

/**
 * A question to a model: is the voice in this recording that one?
 *
 * @param line where it stands in its list, from 1
 * @param target whether it really is
 * @param model what it is compared with: a name of the enrolment list, or a file
 * @param test the recording
 */
public record Trial(int line, boolean target, String model, String test) {}
