package io.voxtag.matcher.model;

import java.util.Optional;
import java.util.Set;

/** The model versions that this matcher can score with. Thread-safe. */
public interface ModelSpaces {

  /** The space of a version, where it is loaded. Never waits. */
  Optional<ModelSpace> find(String version);

  /**
   * The space of a version with its voiceprints. Where it is not there but may be soon, since the
   * version was announced, this waits for it, some seconds at most. Where Redis does not give the
   * voiceprints in that time, the space comes without, and all voices are unknown until it does.
   *
   * @return empty where nobody has announced the version, or its model cannot be used
   */
  Optional<ModelSpace> await(String version);

  /** The space of the version in service, as this matcher knows it. */
  ModelSpace active();

  /** The versions whose spaces are loaded, that of the configured model first. */
  Set<String> versions();

  /**
   * Whether a version is, was or may have been in service, so that what was decided under it holds:
   * all but those that are announced as on their way or as rejected.
   */
  boolean mayHaveServed(String version);

  /** The one space there is. */
  static ModelSpaces only(ModelSpace space) {
    return new ModelSpaces() {
      @Override
      public Optional<ModelSpace> find(String version) {
        return Optional.of(space).filter(only -> only.model().version().equals(version));
      }

      @Override
      public Optional<ModelSpace> await(String version) {
        return find(version);
      }

      @Override
      public ModelSpace active() {
        return space;
      }

      @Override
      public Set<String> versions() {
        return Set.of(space.model().version());
      }

      @Override
      public boolean mayHaveServed(String version) {
        return true;
      }
    };
  }
}
