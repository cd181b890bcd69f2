package io.voxtag.voiceprint.importing.pytorch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The format of PyTorch 1.6 and later: a zip of one folder with {@code data.pkl}, a file {@code
 * data/KEY} for each storage and {@code byteorder}.
 */
final class ZipCheckpoint implements AutoCloseable, Storages {
  private static final int MAX_ENTRIES = 1 << 17;
  private static final int MAX_PICKLE_BYTES = 64 << 20;
  private static final String PICKLE = "data.pkl";
  private static final String BYTE_ORDER = "byteorder";

  private final String source;
  private final ZipFile zip;
  private final String folder;
  private final Map<String, ByteBuffer> read = new HashMap<>();

  private ZipCheckpoint(String source, ZipFile zip) throws CheckpointException {
    this.source = source;
    this.zip = zip;
    this.folder = folder();
  }

  static ZipCheckpoint open(Path file) throws IOException {
    String source = file.toString();
    ZipFile zip = zip(file);
    try {
      return new ZipCheckpoint(source, zip);
    } catch (IllegalArgumentException e) {
      zip.close();
      throw malformed(source, e);
    } catch (CheckpointException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile zip(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException | EOFException e) {
      throw new CheckpointException(file.toString(), "is not a readable zip: " + reason(e), e);
    } catch (IllegalArgumentException e) {
      throw malformed(file.toString(), e);
    }
  }

  /** The JDK says so of names that are no UTF-8 where they should be. */
  private static CheckpointException malformed(String source, IllegalArgumentException cause) {
    return new CheckpointException(
        source, "is not a readable zip: the name of an entry is malformed", cause);
  }

  /** What the file holds. */
  Object value() throws IOException {
    ZipEntry entry = entry(PICKLE);
    if (entry.getSize() > MAX_PICKLE_BYTES) {
      throw refuse(
          "%s has %d bytes, at most %d".formatted(PICKLE, entry.getSize(), MAX_PICKLE_BYTES));
    }
    ByteBuffer pickle = content(entry, (int) entry.getSize());
    String name = source + "/" + entry.getName();
    return new Unpickler(new PickleInput(pickle, name), new PickleCalls(name), name).load();
  }

  @Override
  public ByteBuffer content(StorageRef storage) throws IOException {
    ByteBuffer known = read.get(storage.key());
    if (known != null) {
      return known;
    }
    ByteBuffer content = content(entry("data/" + storage.key()), (int) storage.bytes());
    if (isBigEndian()) {
      swap(content, storage.dtype().bytes());
    }
    read.put(storage.key(), content);
    return content;
  }

  /** The folder that everything lies in, with its slash; PyTorch names it after the file. */
  private String folder() throws CheckpointException {
    List<? extends ZipEntry> entries = zip.stream().limit(MAX_ENTRIES + 1L).toList();
    if (entries.size() > MAX_ENTRIES) {
      throw refuse("has more than %d entries".formatted(MAX_ENTRIES));
    }
    Set<String> names = new HashSet<>();
    String found = null;
    for (ZipEntry entry : entries) {
      String name = entry.getName();
      if (name.startsWith("/") || name.contains("\\") || List.of(name.split("/")).contains("..")) {
        throw refuse("has an entry '%s' that leads out of its folder".formatted(name));
      }
      if (!names.add(name)) {
        throw refuse("has two entries '%s'".formatted(name));
      }
      if (name.endsWith("/constants.pkl")) {
        throw refuse("is a TorchScript archive, which holds code; export its state_dict instead");
      }
      if (name.endsWith("/" + PICKLE)) {
        if (found != null) {
          throw refuse("has two of %s, of which only one can be meant".formatted(PICKLE));
        }
        found = name.substring(0, name.length() - PICKLE.length());
      }
    }
    if (found == null) {
      throw refuse(
          "is a zip without %s in a folder, so it is no PyTorch checkpoint".formatted(PICKLE));
    }
    return found;
  }

  private ZipEntry entry(String name) throws CheckpointException {
    ZipEntry entry = zip.getEntry(folder + name);
    if (entry == null || entry.isDirectory()) {
      throw refuse("has no %s%s".formatted(folder, name));
    }
    return entry;
  }

  private boolean isBigEndian() throws IOException {
    ZipEntry entry = zip.getEntry(folder + BYTE_ORDER);
    if (entry == null) {
      // The format had no other order before it had this entry.
      return false;
    }
    ByteBuffer content = content(entry, (int) Math.min(16, entry.getSize()));
    String order = StandardCharsets.ISO_8859_1.decode(content).toString();
    return switch (order) {
      case "little" -> false;
      case "big" -> true;
      default ->
          throw refuse("has the byte order '%s'; it must be 'little' or 'big'".formatted(order));
    };
  }

  private ByteBuffer content(ZipEntry entry, int bytes) throws IOException {
    // Whatever the directory says, no more is unpacked than is needed.
    if (entry.getSize() != bytes) {
      throw refuse(
          "%s has %d bytes where %d are needed".formatted(entry.getName(), entry.getSize(), bytes));
    }
    byte[] content;
    try (InputStream in = zip.getInputStream(entry)) {
      content = in.readNBytes(bytes);
      if (content.length < bytes || in.read() >= 0) {
        throw refuse("%s does not unpack to its %d bytes".formatted(entry.getName(), bytes));
      }
    } catch (ZipException | EOFException e) {
      throw new CheckpointException(
          source, entry.getName() + " cannot be unpacked: " + reason(e), e);
    }
    CRC32 checksum = new CRC32();
    checksum.update(content);
    if (checksum.getValue() != entry.getCrc()) {
      throw refuse(
          "%s is damaged: its checksum is not the one in the zip".formatted(entry.getName()));
    }
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "it is cut off" : e.getMessage();
  }

  private static void swap(ByteBuffer content, int width) {
    for (int at = 0; at < content.capacity(); at += width) {
      for (int low = at, high = at + width - 1; low < high; low++, high--) {
        byte kept = content.get(low);
        content.put(low, content.get(high));
        content.put(high, kept);
      }
    }
  }

  private CheckpointException refuse(String detail) {
    return new CheckpointException(source, detail);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
