package io.voxtag.standalone.demo;

import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.event.SpeakerTag;

/** Is told what happens in a demo while it happens; by one thread. */
public interface DemoListener {

  /** A recording of a speaker was accepted or refused. */
  void answered(EnrollmentResult result);

  /** The calls begin. */
  void calling(int calls, int legs);

  /** Somebody speaks on a call. */
  void tagged(SpeakerTag tag);
}
