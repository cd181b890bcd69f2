package io.voxtag.matcher.model;

import java.util.Optional;

/** The model versions that this matcher can score with. Thread-safe. */
public interface ModelSpaces {

  /**
   * The space of a version. Where it is not there but may be soon, since the version has just been
   * announced, this waits for it, some seconds at most.
   *
   * @return empty where nobody has announced the version, or its model cannot be used
   */
  Optional<ModelSpace> await(String version);

  /** The space of the version in service, as this matcher knows it. */
  ModelSpace active();

  /** The one space there is. */
  static ModelSpaces only(ModelSpace space) {
    return new ModelSpaces() {
      @Override
      public Optional<ModelSpace> await(String version) {
        return Optional.of(space).filter(only -> only.model().version().equals(version));
      }

      @Override
      public ModelSpace active() {
        return space;
      }
    };
  }
}
