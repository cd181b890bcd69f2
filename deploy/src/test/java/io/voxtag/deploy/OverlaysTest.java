package io.voxtag.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kustomize makes of the overlays; skipped where kubectl is not installed. */
class OverlaysTest {

  private static final Quantity ONE = new Quantity("1");

  @BeforeAll
  static void needsKubectl() {
    assumeTrue(Kustomize.isInstalled(), "kubectl is not on the PATH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/cpu", "overlays/gpu"})
  void anOverlayIsWholeAndStrictlyTyped(String overlay) throws Exception {
    // when
    List<ObjectNode> resources = Kustomize.build(overlay);

    // then
    resources.forEach(StrictTypes::read);
    assertThat(resources)
        .allSatisfy(
            resource -> {
              assertThat(resource.at("/metadata/namespace").asText()).isEqualTo("voxtag");
              assertThat(resource.at("/metadata/labels/app.kubernetes.io~1part-of").asText())
                  .isEqualTo("voxtag");
            });
    assertThat(Workload.in(resources))
        .hasSize(5)
        .extracting(workload -> workload.container().getImage())
        .allMatch(image -> image.matches("voxtag/[a-z-]+:\\d+\\.\\d+\\.\\d+"));
  }

  @Test
  void onProcessorsNobodyAsksForAGpu() throws Exception {
    for (Workload workload : Workload.in(Kustomize.build("overlays/cpu"))) {
      assertThat(workload.container().getResources().getLimits())
          .doesNotContainKey("nvidia.com/gpu");
    }
  }

  @Test
  void embedderAndTrainerGetAGpuAndInsistOnIt() throws Exception {
    // when
    List<Workload> workloads = Workload.in(Kustomize.build("overlays/gpu"));

    // then
    for (Workload workload : workloads) {
      boolean computes = List.of("embedder", "trainer").contains(workload.service());
      Map<String, Quantity> limits = workload.container().getResources().getLimits();
      assertThat(limits.get("nvidia.com/gpu")).as(workload.name()).isEqualTo(computes ? ONE : null);
      assertThat(workload.container().getImage().contains("-cuda:")).isEqualTo(computes);
      if (computes) {
        assertThat(limits).containsKey("memory");
        assertThat(workload.environment()).containsValue("gpu");
      }
    }
  }

  @Test
  void theClusterThatIsGivenAsAnExampleIsStrictlyTyped() throws Exception {
    assertThat(Kustomize.build("kafka-cluster").stream().map(StrictTypes::read)).hasSize(2);
  }
}
