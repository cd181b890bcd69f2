package io.voxtag.voiceprint.bundle;

import io.voxtag.voiceprint.bundle.BundleException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignBundleTest {
  @TempDir private Path folder;

  @Test
  void aPyTorchCheckpointIsCalledOne() throws IOException {
    Path file =
        Bundles.zip(folder.resolve("model.pt"), Map.of("archive/data.pkl", Bundles.bytes("cos\n")));
    Bundles.assertRefused(file, Reason.FOREIGN, "a PyTorch checkpoint");
  }

  @Test
  void aTorchScriptArchiveIsCalledOne() throws IOException {
    Path file =
        Bundles.zip(
            folder.resolve("model.pt"),
            Map.of("m/data.pkl", new byte[1], "m/constants.pkl", new byte[1]));
    Bundles.assertRefused(file, Reason.FOREIGN, "a TorchScript archive");
  }

  @Test
  void aPickleIsCalledOne() throws IOException {
    Path file = Files.write(folder.resolve("model.pth"), Bundles.bytes("\u0080\u0002}q"));
    Bundles.assertRefused(file, Reason.FOREIGN, "a Python pickle");
  }

  @Test
  void bareWeightsAreCalledSo() throws IOException {
    Path file =
        Files.write(
            folder.resolve("w.safetensors"),
            Bundles.safetensors(TensorData.of("w", new float[1], 1)));
    Bundles.assertRefused(file, Reason.FOREIGN, "safetensors file without the manifest");
  }

  @Test
  void aFolderWithACheckpointSaysWhatItHolds() throws IOException {
    Path other = Files.createDirectory(folder.resolve("best_model"));
    Files.write(other.resolve("model.pth"), Bundles.bytes("\u0080\u0002}q"));
    Bundles.assertRefused(other, Reason.FOREIGN, "has no model.json but model.pth");
  }

  @Test
  void aZipOfABundlesFolderSaysWhatToZip() throws IOException {
    Path file =
        Bundles.zip(folder.resolve("b.zip"), Map.of("bundle/model.json", Bundles.bytes("{}")));
    Bundles.assertRefused(file, Reason.FOREIGN, "zip the files in it instead");
  }

  @Test
  void nothingAndEmptinessAreToldApart() throws IOException {
    Bundles.assertRefused(folder.resolve("typo"), Reason.MISSING, "there is nothing");
    Bundles.assertRefused(
        Files.createDirectory(folder.resolve("empty")), Reason.MISSING, "an empty folder");
    Bundles.assertRefused(
        Files.createFile(folder.resolve("zero")), Reason.FOREIGN, "an empty file");
  }
}
