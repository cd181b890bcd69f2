package io.voxtag.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Hands everything after its name to JMH. */
@Command(
    name = "micro",
    description =
        "Single parts under JMH: resampler, voice activity, augmentation, record serdes, voiceprint"
            + " scan. All options are JMH's; -h lists them, -l the benchmarks.")
public final class MicroCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}
