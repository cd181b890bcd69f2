package io.voxtag.matcher.registry;

/**
 * Names of the keys in Redis. All have one hash tag, so that scripts may use several of them also
 * where keys are spread over servers.
 */
record RegistryKeys(String prefix) {

  static final RegistryKeys DEFAULT = new RegistryKeys("{voxtag}");

  /** String: identity of the data; a registry without it has lost its data. */
  String epoch() {
    return prefix + ":epoch";
  }

  /** Hash: partition of the enrolments to the generation in which it was last applied in full. */
  String rebuilt() {
    return prefix + ":rebuilt";
  }

  /** Set: model versions that have voiceprints or had some. */
  String versions() {
    return prefix + ":versions";
  }

  /** Hash: speaker to voiceprint, little-endian floats. */
  String voiceprints(String version) {
    return space(version) + ":voiceprints";
  }

  /** Stream: one entry for each change, with the speaker and the number of the change. */
  String changes(String version) {
    return space(version) + ":changes";
  }

  /** String: how many changes there were. */
  String changeCount(String version) {
    return space(version) + ":change-count";
  }

  /** Hash: utterance to vector, little-endian floats. */
  String vectors(String version, String speaker) {
    return space(version) + ":vectors:" + speaker;
  }

  /** Hash: utterance to metadata, JSON. */
  String metadata(String version, String speaker) {
    return space(version) + ":metadata:" + speaker;
  }

  // The length keeps versions apart whatever characters they and the speakers contain.
  private String space(String version) {
    return prefix + ":v" + version.length() + ":" + version;
  }
}
