package io.voxtag.voiceprint.importing.pytorch;

import static io.voxtag.voiceprint.importing.pytorch.Checkpoints.assertRefused;
import static io.voxtag.voiceprint.importing.pytorch.PyTorchCheckpointTest.oneTensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that want to run code, take memory or lead elsewhere, and files that are broken. */
class HostileCheckpointTest {
  private static final byte[] TWO_FLOATS = new byte[8];

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "posix, system",
    "builtins, eval",
    "__builtin__, exec",
    "subprocess, Popen",
    "torch, load",
    "torch._utils, _rebuild_device_tensor_from_numpy",
    "numpy.core.multiarray, _reconstruct"
  })
  void whatCouldRunCodeIsRefusedByItsName(String module, String name) throws IOException {
    byte[] call = new Pickle().global(module, name).text("touch /tmp/owned").op(0x85, 'R').end();
    byte[] late =
        new Pickle().text(module).text(name).op(0x93).text("touch /tmp/owned").op(0x85, 'R').end();
    ByteArrayOutputStream old = new ByteArrayOutputStream();
    old.writeBytes(Checkpoints.legacyStart());
    old.writeBytes(call);

    assertRefused(zip(call), module + "." + name, "could run code");
    assertRefused(zip(late), module + "." + name, "could run code");
    assertRefused(write(old.toByteArray()), module + "." + name, "could run code");
    assertRefused(write(call), module + "." + name, "could run code");
  }

  @ParameterizedTest
  @ValueSource(ints = {'i', 'o', 0x81, 0x92, 0x82, 'P', 'V', 'S', 0x8f, 'B', 0x97})
  void operationsThatTensorsDoNotNeedAreRefused(int opcode) throws IOException {
    byte[] pickle = new Pickle().op('}', '(').op(opcode, 0, 0, 0, 0).end();

    assertRefused(zip(pickle), "operation 0x%02x".formatted(opcode));
  }

  @Test
  void aKnownFunctionIsNotCalledWithOtherArguments() throws IOException {
    assertRefused(
        zip(
            new Pickle()
                .global("torch._utils", "_rebuild_tensor_v2")
                .text("x")
                .op(0x85, 'R')
                .end()),
        "_rebuild_tensor_v2");
    assertRefused(
        zip(new Pickle().global("torch", "FloatStorage").op(')', 'R').end()),
        "not a known function");
    assertRefused(
        zip(new Pickle().global("torch", "Size").op('}', 'b').end()), "state of an object");
  }

  @Test
  void valuesThatContainThemselvesDoNoHarm() throws IOException {
    byte[] dictionary = new Pickle().op('}', 'q', 0).text("a").op('h', 0, 's').end();
    byte[] asKey = new Pickle().op('}', ']', 'q', 0, 'h', 0, 'a').op('N', 's').end();
    Pickle deep = new Pickle();
    for (int i = 0; i < 900_000; i++) {
      deep.op(']');
    }
    for (int i = 1; i < 900_000; i++) {
      deep.op('a');
    }

    assertRefused(zip(dictionary), "has no tensors");
    assertRefused(zip(asKey), "neither texts nor numbers");
    assertRefused(zip(deep.end()), "no dictionary");
  }

  @Test
  void aPickleOfTooManyValuesIsRefused() throws IOException {
    Pickle lists = new Pickle();
    for (int i = 0; i < 1_000_001; i++) {
      lists.op(']');
    }
    assertRefused(zip(lists.end()), "more than 1000000 values");
  }

  @Test
  void aTensorMustLieInItsStorage() throws IOException {
    assertRefused(zip(oneTensor(2, 0, new long[] {3}, new long[] {1})), "of only 2 elements");
    assertRefused(zip(oneTensor(2, 1, new long[] {2}, new long[] {1})), "of only 2 elements");
    assertRefused(zip(oneTensor(2, 0, new long[] {2}, new long[] {2})), "of only 2 elements");
    assertRefused(zip(oneTensor(2, 3, new long[] {0}, new long[] {1})), "of only 2 elements");
    assertRefused(zip(oneTensor(2, -1, new long[] {2}, new long[] {1})), "cannot be");
    assertRefused(zip(oneTensor(2, 0, new long[] {2, 1}, new long[] {1})), "cannot be");
    assertRefused(zip(oneTensor(2, 0, new long[] {-2}, new long[] {1})), "negative");
    assertRefused(zip(oneTensor(2, 0, new long[] {2}, new long[] {-1})), "negative");
  }

  @Test
  void sizesBeyondAnyMemoryAreRefused() throws IOException {
    long most = Long.MAX_VALUE;
    assertRefused(zip(oneTensor(2, 0, new long[] {most, most}, new long[] {0, 0})), "any memory");
    assertRefused(zip(oneTensor(2, 0, new long[] {1L << 30}, new long[] {0})), "larger than");
    assertRefused(zip(oneTensor(most, 0, new long[] {2}, new long[] {1})), "at most");
    assertRefused(zip(oneTensor(1L << 28, 0, new long[] {2}, new long[] {1})), "has 8 bytes");
    byte[] tooBig = new Pickle().op('}').text("w").big(BigInteger.ONE.shiftLeft(70)).op('s').end();
    assertRefused(zip(tooBig), "has no tensors");
  }

  @Test
  void aStorageShorterThanItsTensorsIsRefused() throws IOException {
    byte[] pickle = oneTensor(2, 0, new long[] {2}, new long[] {1});

    assertRefused(Checkpoints.zip(file(), pickle, new byte[4]), "data/0 has 4 bytes where 8");
    assertRefused(Checkpoints.zip(file(), Map.of("a/data.pkl", pickle)), "has no a/data/0");
  }

  @Test
  void anEntryThatUnpacksToMoreThanItNeedsIsNotUnpacked() throws IOException {
    Path file = file();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("a/data.pkl"));
      zip.write(oneTensor(2, 0, new long[] {2}, new long[] {1}));
      zip.putNextEntry(new ZipEntry("a/data/0"));
      zip.write(new byte[50_000_000]);
    }
    assertRefused(file, "data/0 has 50000000 bytes where 8 are needed");
  }

  @Test
  void namesThatLeadElsewhereOrCollideAreRefused() throws IOException {
    byte[] pickle = oneTensor(2, 0, new long[] {2}, new long[] {1});
    assertRefused(entries("a/data.pkl", pickle, "a/../../etc/passwd"), "leads out of its folder");
    assertRefused(entries("a/data.pkl", pickle, "/etc/passwd"), "leads out of its folder");
    assertRefused(entries("a/data.pkl", pickle, "a\\..\\b"), "leads out of its folder");
    assertRefused(entries("a/data.pkl", pickle, "b/data.pkl"), "two of data.pkl");
    assertRefused(entries("a/data.pkl", pickle, "a/constants.pkl"), "TorchScript");
    assertRefused(entries("data.pkl", pickle, "x"), "without data.pkl in a folder");

    Path doubled = entries("a/data.pkl", pickle, "a/data.pkx");
    byte[] bytes = Files.readAllBytes(doubled);
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("data.pkx", "data.pkl");
    Files.write(doubled, text.getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(doubled, "two entries 'a/data.pkl'");

    byte[] twice = new Pickle().op('}', '(').text("w").op('N').text("w").op('N', 'u').end();
    assertRefused(zip(twice), "two entries 'w'");
  }

  @Test
  void aChangedStorageIsNoticed() throws IOException {
    Path file =
        Checkpoints.zip(
            file(),
            oneTensor(2, 0, new long[] {2}, new long[] {1}),
            "abcdefgh".getBytes(StandardCharsets.US_ASCII));
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    Files.write(file, text.replace("abcdefgh", "abcdefgi").getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(file, "data/0 is damaged");
  }

  @Test
  void whatIsNoCheckpointOrCutOffIsSaidToBeSo() throws IOException {
    assertRefused(write(new byte[0]), "neither as a zip nor as a pickle");
    assertRefused(write("hello".getBytes(StandardCharsets.US_ASCII)), "neither as a zip");
    assertRefused(write("PK\3\4".getBytes(StandardCharsets.ISO_8859_1)), "not a readable zip");
    assertRefused(write(new Pickle().number(5).end()), "does not begin as a PyTorch checkpoint");
    assertRefused(write(new byte[] {(byte) 0x80}), "neither as a zip");
    assertRefused(write(new byte[] {(byte) 0x80, 9}), "protocol 9");

    byte[] whole =
        Files.readAllBytes(
            Checkpoints.zip(file(), oneTensor(2, 0, new long[] {2}, new long[] {1}), TWO_FLOATS));
    assertRefused(write(Arrays.copyOf(whole, whole.length / 2)), "not a readable zip");
    byte[] start = Checkpoints.legacyStart();
    assertRefused(write(Arrays.copyOf(start, start.length - 3)), "cut off");
  }

  private Path zip(byte[] pickle) throws IOException {
    return Checkpoints.zip(file(), pickle, TWO_FLOATS);
  }

  private Path entries(String pickleName, byte[] pickle, String other) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(pickleName, pickle);
    entries.put(other, TWO_FLOATS);
    return Checkpoints.zip(file(), entries);
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(file(), content);
  }

  private Path file() {
    return folder.resolve("model.pt");
  }
}
