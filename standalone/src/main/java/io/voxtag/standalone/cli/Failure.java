package io.voxtag.standalone.cli;

import io.voxtag.embedded.EmbeddedServerException;
import io.voxtag.evaluation.Reasons;
import io.voxtag.evaluation.TrialAudioException;
import io.voxtag.evaluation.TrialListException;
import io.voxtag.ingest.client.ServerUnreachableException;
import io.voxtag.matcher.registry.RegistryUnavailableException;
import io.voxtag.schemas.KeyFormatException;
import io.voxtag.schemas.kafka.BrokerUnavailableException;
import io.voxtag.schemas.kafka.TopicMissingException;
import io.voxtag.scoring.InvalidTrialsException;
import io.voxtag.scoring.diarization.RttmFormatException;
import io.voxtag.standalone.client.LiveCallException;
import io.voxtag.standalone.client.ModelVersionsUnavailableException;
import io.voxtag.standalone.dataset.DatasetException;
import io.voxtag.standalone.demo.DemoException;
import io.voxtag.standalone.demo.SampleException;
import io.voxtag.standalone.runtime.MissingModelException;
import io.voxtag.standalone.runtime.StartException;
import io.voxtag.voiceprint.training.DivergedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * How a command ends that could not do its work.
 *
 * @param exitCode one of {@link ExitCodes}
 * @param message the reason, for the user
 */
record Failure(int exitCode, String message) {

  /** The reason in words where it is one that a user can act on, otherwise with its stack. */
  static Failure of(Exception e) {
    if (e instanceof CommandException command) {
      return new Failure(command.exitCode(), String.valueOf(e.getMessage()));
    }
    if (e instanceof LiveCallException && e.getCause() instanceof ServerUnreachableException) {
      return new Failure(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
    if (e instanceof BrokerUnavailableException
        || e instanceof EmbeddedServerException
        || e instanceof MissingModelException
        || e instanceof StartException
        || e instanceof RegistryUnavailableException
        || e instanceof TimeoutException
        || e instanceof TopicMissingException
        || e instanceof ModelVersionsUnavailableException) {
      return new Failure(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
    if (e instanceof TrialAudioException
        || e instanceof TrialListException
        || e instanceof DatasetException
        || e instanceof SampleException
        || e instanceof DemoException
        || e instanceof LiveCallException
        || e instanceof InvalidTrialsException
        || e instanceof RttmFormatException
        || e instanceof DivergedException
        || e instanceof KeyFormatException) {
      return new Failure(ExitCodes.FAILED, String.valueOf(e.getMessage()));
    }
    if (e instanceof IOException io) {
      return new Failure(ExitCodes.FAILED, Reasons.of(io));
    }
    if (e instanceof UncheckedIOException || e instanceof KafkaException) {
      return new Failure(ExitCodes.FAILED, String.valueOf(e.getMessage()));
    }
    StringWriter stack = new StringWriter();
    e.printStackTrace(new PrintWriter(stack));
    return new Failure(ExitCodes.FAILED, "this should not happen; please report it: " + stack);
  }
}
