package io.voxtag.console.push;

/** What a page may have to ask for again because it changed. */
public enum Subject {
  SPEAKERS,
  MODELS,
  TRAINING
}
