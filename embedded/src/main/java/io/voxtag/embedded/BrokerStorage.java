package io.voxtag.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/** The broker's folder as Kafka formats it. */
final class BrokerStorage {

  private BrokerStorage() {}

  /**
   * Formats the folder where it is new.
   *
   * @return the cluster's id
   * @throws KafkaStartException if the folder holds something else or cannot be formatted
   */
  static String prepare(Path folder) {
    try {
      MetaPropertiesEnsemble found =
          new MetaPropertiesEnsemble.Loader()
              .addLogDirs(List.of(folder.toString()))
              .addMetadataLogDir(folder.toString())
              .load();
      if (!found.errorLogDirs().isEmpty()) {
        throw new KafkaStartException(
            folder, MetaPropertiesEnsemble.META_PROPERTIES_NAME + " there cannot be read");
      }
      if (found.clusterId().isPresent()) {
        return found.clusterId().get();
      }
      return format(folder);
    } catch (IOException e) {
      throw new KafkaStartException(folder, "its state cannot be read", e);
    }
  }

  private static String format(Path folder) {
    String clusterId = Uuid.randomUuid().toString();
    try (PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(BrokerProperties.NODE_ID)
          .setClusterId(clusterId)
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .run();
      return clusterId;
    } catch (Exception e) {
      throw new KafkaStartException(folder, "the folder cannot be formatted", e);
    }
  }
}
