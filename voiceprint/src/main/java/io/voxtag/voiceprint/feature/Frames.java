package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Cuts waveforms into overlapping frames by slices and concatenations, which any device has. */
final class Frames {
  private Frames() {}

  /** [batch, samples] to [batch, frames, length], without padding. */
  static NDArray cut(NDArray waveforms, int length, int hop) {
    long batch = waveforms.getShape().get(0);
    long samples = waveforms.getShape().get(1);
    if (samples < length) {
      throw new IllegalArgumentException(samples + " samples are too few for a frame of " + length);
    }
    long frames = 1 + (samples - length) / hop;
    // Frame f is the row of hop-sized blocks f, f+1, ...: whole blocks side by side, the last one
    // cut short.
    int blocks = (length + hop - 1) / hop;
    long needed = (frames + blocks - 1) * hop;
    NDArray padded = waveforms;
    if (needed > samples) {
      NDArray zeros =
          waveforms.getManager().zeros(new Shape(batch, needed - samples), waveforms.getDataType());
      padded = waveforms.concat(zeros, 1);
    } else if (needed < samples) {
      padded = waveforms.get(new NDIndex().addAllDim().addSliceDim(0, needed));
    }
    NDArray rows = padded.reshape(batch, frames + blocks - 1, hop);
    NDList parts = new NDList(blocks);
    for (int block = 0; block < blocks; block++) {
      long width = Math.min(hop, length - (long) block * hop);
      parts.add(
          rows.get(
              new NDIndex().addAllDim().addSliceDim(block, block + frames).addSliceDim(0, width)));
    }
    return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 2);
  }

  /**
   * Magnitudes of the spectrum of frames, raised to an exponent: [batch, frames, length] to [batch,
   * frames, fft / 2 + 1].
   */
  static NDArray spectrum(NDArray frames, int fft, double exponent) {
    NDArray parts = frames.rfft(fft, -1).real();
    NDArray power = parts.muli(parts).sum(new int[] {-1});
    if (exponent == 2) {
      return power;
    }
    return exponent == 1 ? power.sqrt() : power.pow(exponent / 2);
  }

  /**
   * Power of frames in bands: [batch, frames, length] to [batch, frames, bands].
   *
   * @param banks from {@link Matrices#banksOfParts}
   */
  static NDArray power(NDArray frames, int fft, NDArray banks) {
    // The real and the imaginary parts lie side by side, and the product adds them up: a sum over
    // pairs takes as long as the transform.
    NDArray parts = frames.rfft(fft, -1).real();
    parts.muli(parts);
    long batch = frames.getShape().get(0);
    return parts.reshape(batch, frames.getShape().get(1), banks.getShape().get(0)).matMul(banks);
  }
}
