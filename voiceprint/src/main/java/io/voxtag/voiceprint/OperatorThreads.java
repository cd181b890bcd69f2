package io.voxtag.voiceprint;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** The threads that the operators of one call share on a CPU. */
public final class OperatorThreads {
  private OperatorThreads() {}

  /**
   * Sets their number for this thread and for all that have not called the engine yet. The engine
   * itself begins with one a processor.
   *
   * @param threads at least 1
   */
  public static void set(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "operator threads are " + threads + ", must be at least 1");
    }
    // The setting lives in the native library, which the engine loads.
    Engine.getInstance();
    JniUtils.setNumThreads(threads);
  }
}
