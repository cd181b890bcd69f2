package io.voxtag.voiceprint.importing;

/** The names and shapes that a network has in checkpoints. */
interface Layout {

  /** The architecture that it is of, as configurations call it. */
  String architecture();

  /** Whether weights have the names by which this layout is known. */
  boolean fits(Weights weights);

  /**
   * Tells the size of the network from the shapes of its weights, and gives them the names and the
   * order that they have here.
   *
   * @throws ImportException if a weight is missing or has a shape that cannot be
   */
  ImportedNetwork read(Weights weights) throws ImportException;
}
