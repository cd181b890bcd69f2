package io.voxtag.trainer.dataset;

import io.voxtag.schemas.Topics;
import io.voxtag.trainer.dataset.ClipFiles.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** Brings files and rows together again when a store is opened. */
final class StoreRepair {

  private static final Logger LOG = Logger.getLogger(StoreRepair.class);

  private final Database database;
  private final Catalogue catalogue;
  private final Ledger ledger;
  private final ClipFiles files;

  private record Live(Content content, long bytes) {}

  StoreRepair(Database database, Catalogue catalogue, Ledger ledger, ClipFiles files) {
    this.database = database;
    this.catalogue = catalogue;
    this.ledger = ledger;
    this.files = files;
  }

  /** Rows whose file is gone or torn go too, and the topic will be read anew. */
  void forgetMissing() throws IOException {
    List<Content> missing = new ArrayList<>();
    for (Live live : live()) {
      if (!files.isWhole(live.content(), live.bytes())) {
        missing.add(live.content());
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    LOG.errorf(
        "Recordings are missing or torn on disk and are read from Kafka again, count=%d",
        missing.size());
    database.transaction(
        () -> {
          for (Content content : missing) {
            catalogue.deleteContent(content);
          }
          ledger.forgetPositions(Topics.LABELLED_UTTERANCES.name());
          return null;
        });
  }

  /** Files that no row names: a kill came between the two. */
  void removeOrphans() throws IOException {
    Set<Path> named = new HashSet<>();
    for (Live live : live()) {
      named.add(files.path(live.content()));
    }
    int orphans = 0;
    for (Path file : files.all()) {
      if (!named.contains(file)) {
        Files.delete(file);
        orphans++;
      }
    }
    if (orphans > 0) {
      LOG.infof("Files of unfinished work removed, count=%d", orphans);
    }
  }

  private List<Live> live() throws DatasetUnavailableException {
    return database.transaction(() -> catalogue.<Live>liveContents(Live::new));
  }
}
