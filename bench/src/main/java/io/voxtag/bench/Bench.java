package io.voxtag.bench;

import io.voxtag.bench.embedding.EmbeddingsCommand;
import io.voxtag.bench.micro.MicroCommand;
import io.voxtag.bench.pipeline.PipelineCommand;
import io.voxtag.bench.scoring.ScoringCommand;
import io.voxtag.bench.training.TrainingCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line of the benchmarks. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    subcommands = {
      EmbeddingsCommand.class,
      PipelineCommand.class,
      ScoringCommand.class,
      TrainingCommand.class,
      MicroCommand.class,
      HelpCommand.class
    },
    description = "Measures Voxtag beside its peers and beside what the machine can do.")
public final class Bench {
  private Bench() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }
}
