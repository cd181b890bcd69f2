package io.voxtag.standalone.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/** Puts the command line together and runs it. */
public final class CommandLines {

  private CommandLines() {}

  /**
   * Runs a command on the standard streams.
   *
   * @return its exit code
   */
  public static int run(String... args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return create(out, err, Ansi.AUTO)
        .setExecutionStrategy(
            parsed -> {
              if (!runsServices(parsed)) {
                CommandLogging.begin();
              }
              return new CommandLine.RunLast().execute(parsed);
            })
        .execute(args);
  }

  static CommandLine create(PrintWriter out, PrintWriter err, Ansi ansi) {
    Output output = new Output(out, err, ansi);
    CommandLine line =
        new CommandLine(new VoxtagCommand())
            .addSubcommand(new DemoCommand(output))
            .addSubcommand(new UpCommand(output))
            .addSubcommand(new StreamCommand(output))
            .addSubcommand(new EnrollCommand(output))
            .addSubcommand(new LabelCommand(output))
            .addSubcommand(new ForgetCommand(output))
            .addSubcommand(new RetrainCommand(output))
            .addSubcommand(new SpeakersCommand(output))
            .addSubcommand(new TagsCommand(output))
            .addSubcommand(new VerifyCommand(output))
            .addSubcommand(new IdentifyCommand(output))
            .addSubcommand(new DiarizeCommand(output))
            .addSubcommand(new EvalCommand(output))
            .addSubcommand(new TrainCommand(output))
            .addSubcommand(new FuseCommand(output))
            .addSubcommand(new CalibrateCommand(output))
            .addSubcommand(
                new CommandLine(new DataCommand())
                    .addSubcommand(new DataListCommand(output))
                    .addSubcommand(new DataFeaturesCommand(output))
                    .addSubcommand(new DataAugmentCommand(output)))
            .addSubcommand(
                new CommandLine(new ModelsCommand())
                    .addSubcommand(new ModelsListCommand(output))
                    .addSubcommand(new ModelsPublishCommand(output))
                    .addSubcommand(new ModelsPromoteCommand(output))
                    .addSubcommand(new ModelsRollbackCommand(output))
                    .addSubcommand(new ModelsImportCommand(output))
                    .addSubcommand(new ModelsShowCommand(output))
                    .addSubcommand(new ModelsSignCommand(output)))
            .addSubcommand(
                new CommandLine(new TopicsCommand())
                    .addSubcommand(new TopicsCreateCommand(output)));
    return line.setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((e, command, parsed) -> explain(e, output));
  }

  private static boolean runsServices(ParseResult parsed) {
    Object command = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().userObject() : "";
    return command instanceof DemoCommand || command instanceof UpCommand;
  }

  private static int explain(Exception e, Output output) {
    Failure failure = Failure.of(e);
    output.note("@|bold,red voxtag:|@ " + failure.message());
    return failure.exitCode();
  }
}
