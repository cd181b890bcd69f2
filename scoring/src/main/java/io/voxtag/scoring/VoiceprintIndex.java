package io.voxtag.scoring;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The voiceprints to compare with, in memory. Readers take a {@link #snapshot()}, which never
 * changes and never waits for a writer; writers copy only the blocks that they change. Thread-safe.
 */
public final class VoiceprintIndex {

  private final int dimension;
  private final ScoreNorm norm;
  private final Map<String, Integer> rows = new HashMap<>();
  private volatile VoiceprintSnapshot snapshot;

  /** An empty index whose scores are cosines. */
  public VoiceprintIndex(int dimension) {
    this(dimension, ScoreNorm.NONE);
  }

  /**
   * An empty index.
   *
   * @param dimension floats in a voiceprint, at least 1
   * @param norm how {@link VoiceprintSnapshot#matches} normalises scores; what a voiceprint is
   *     measured against is computed once, when it enters
   */
  public VoiceprintIndex(int dimension, ScoreNorm norm) {
    if (dimension < 1) {
      throw new IllegalArgumentException("Voiceprints of " + dimension + " floats; at least 1");
    }
    this.dimension = dimension;
    this.norm = norm;
    this.snapshot = VoiceprintSnapshot.empty(dimension, norm);
  }

  /** Floats in a voiceprint. */
  public int dimension() {
    return dimension;
  }

  /** The voiceprints as they are now. */
  public VoiceprintSnapshot snapshot() {
    return snapshot;
  }

  /**
   * Takes over changes, all at once for readers.
   *
   * @param changes by speaker the new voiceprint, of unit length, or null for a speaker that is no
   *     more; applied in the map's order
   * @param version what {@link VoiceprintSnapshot#version()} says afterwards
   * @throws IllegalArgumentException if a voiceprint has another dimension or is not of unit
   *     length; nothing is changed then
   */
  public synchronized void apply(Map<String, float @Nullable []> changes, String version) {
    changes.forEach(this::check);
    Edit edit = new Edit(snapshot);
    changes.forEach(
        (speaker, voiceprint) -> {
          if (voiceprint == null) {
            remove(edit, speaker);
          } else {
            put(edit, speaker, voiceprint);
          }
        });
    snapshot = edit.snapshot(version);
  }

  /** {@link #apply} for one speaker. */
  public void put(String speaker, float[] voiceprint, String version) {
    apply(Map.of(speaker, voiceprint), version);
  }

  /** {@link #apply} for one speaker that is no more; an unknown one changes only the version. */
  public void remove(String speaker, String version) {
    Map<String, float @Nullable []> change = new HashMap<>();
    change.put(speaker, null);
    apply(change, version);
  }

  /**
   * Replaces everything at once.
   *
   * @param voiceprints by speaker, as in {@link #apply}
   */
  public synchronized void replaceAll(Map<String, float[]> voiceprints, String version) {
    voiceprints.forEach(this::check);
    rows.clear();
    Edit edit = new Edit(VoiceprintSnapshot.empty(dimension, norm));
    new LinkedHashMap<>(voiceprints)
        .forEach((speaker, voiceprint) -> put(edit, speaker, voiceprint));
    snapshot = edit.snapshot(version);
  }

  private void check(String speaker, float @Nullable [] voiceprint) {
    if (voiceprint == null) {
      return;
    }
    if (voiceprint.length != dimension) {
      throw new IllegalArgumentException(
          "Voiceprint of speaker "
              + speaker
              + " has "
              + voiceprint.length
              + " floats; this index holds "
              + dimension);
    }
    UnitVectors.require(voiceprint, "Voiceprint of speaker " + speaker);
  }

  private void put(Edit edit, String speaker, float[] voiceprint) {
    Integer known = rows.get(speaker);
    int row = known == null ? edit.size++ : known;
    rows.put(speaker, row);
    edit.block(row).put(row % VoiceprintBlock.ROWS, speaker, voiceprint, norm.of(voiceprint));
  }

  private void remove(Edit edit, String speaker) {
    Integer row = rows.remove(speaker);
    if (row == null) {
      return;
    }
    int last = --edit.size;
    if (row != last) {
      VoiceprintBlock from = edit.block(last);
      int fromRow = last % VoiceprintBlock.ROWS;
      String moved = from.speaker(fromRow);
      edit.block(row)
          .put(
              row % VoiceprintBlock.ROWS,
              moved,
              from.voiceprint(fromRow),
              from.statistics(fromRow));
      rows.put(moved, row);
    }
    edit.block(last).clear(last % VoiceprintBlock.ROWS);
  }

  /** Blocks of the next snapshot; those of the current one are copied before their first change. */
  private final class Edit {

    private VoiceprintBlock[] blocks;
    private boolean[] own;
    private int size;

    Edit(VoiceprintSnapshot from) {
      blocks = from.blocks().toArray(VoiceprintBlock[]::new);
      own = new boolean[blocks.length];
      size = from.size();
    }

    VoiceprintBlock block(int row) {
      int index = row / VoiceprintBlock.ROWS;
      if (index >= blocks.length) {
        int before = blocks.length;
        blocks = Arrays.copyOf(blocks, Math.max(index + 1, before * 2));
        own = Arrays.copyOf(own, blocks.length);
        for (int i = before; i < blocks.length; i++) {
          blocks[i] = new VoiceprintBlock(dimension);
          own[i] = true;
        }
      }
      if (!own[index]) {
        blocks[index] = blocks[index].copy();
        own[index] = true;
      }
      return blocks[index];
    }

    VoiceprintSnapshot snapshot(String version) {
      int used = (size + VoiceprintBlock.ROWS - 1) / VoiceprintBlock.ROWS;
      return new VoiceprintSnapshot(
          dimension, norm, List.of(Arrays.copyOf(blocks, used)), size, version);
    }
  }
}
