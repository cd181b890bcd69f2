package io.voxtag.standalone.client;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.Pcm;
import io.voxtag.audio.Recording;
import io.voxtag.ingest.client.LegAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One leg of a call that is about to be streamed.
 *
 * @param address the call and the leg
 * @param audio what is said on it
 */
public record Leg(LegAddress address, Pcm audio) {

  /**
   * All legs of these calls: the channels of their files in order.
   *
   * @throws IOException if a file cannot be read or is no usable audio
   */
  public static List<Leg> of(Map<String, List<Path>> calls) throws IOException {
    List<Leg> legs = new ArrayList<>();
    for (Map.Entry<String, List<Path>> call : calls.entrySet()) {
      int channel = 0;
      for (Path file : call.getValue()) {
        Recording recording = AudioFiles.read(file);
        for (int i = 0; i < recording.channelCount(); i++) {
          legs.add(new Leg(new LegAddress(call.getKey(), channel++), recording.channel(i)));
        }
      }
    }
    return legs;
  }
}
