package io.voxtag.voiceprint.importing.pytorch;

/** Values of pickles that Java has none for. */
enum PickleConstant {
  NONE
}
