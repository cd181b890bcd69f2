package io.voxtag.console.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import jakarta.inject.Inject;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page in a real browser. Skipped where no Chromium is installed. Leaves pictures in {@code
 * target/}.
 */
@QuarkusTest
@WithTestResource(KafkaTestResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsolePageIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int DESKTOP = 1280;
  private static final int PHONE = 360;
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  @TestHTTPResource URI server;
  @Inject ConsoleService service;
  TestTopics topics;

  private Playwright playwright;
  private Browser browser;
  private final List<String> problems = new ArrayList<>();

  @BeforeAll
  void openBrowser() {
    Optional<Path> chromium = installed();
    assumeTrue(
        chromium.isPresent(),
        () -> "none of " + BROWSERS + " is on the PATH: the page is not tried");
    setDefaultAssertionTimeout(SOON.toMillis());
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.get())
                    .setArgs(List.of("--no-sandbox")));
  }

  private static Optional<Path> installed() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> BROWSERS.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @AfterAll
  void closeBrowser() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void awaitStart() {
    service.started().toCompletableFuture().join();
    problems.clear();
  }

  private Page open(int width, String section) {
    Page page =
        browser.newPage(
            new Browser.NewPageOptions()
                .setViewportSize(width, width == PHONE ? 740 : 800)
                .setColorScheme(ColorScheme.LIGHT));
    page.setDefaultTimeout(SOON.toMillis());
    page.onPageError(problems::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            problems.add(message.text());
          }
        });
    page.navigate(server.resolve("/#" + section).toString());
    return page;
  }

  private static Locator call(Page page, String callId) {
    return page.getByRole(
        AriaRole.ARTICLE, new Page.GetByRoleOptions().setName(callId).setExact(true));
  }

  private static void assertFits(Page page) {
    assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
        .as("nothing is wider than the screen")
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {DESKTOP, PHONE})
  void tags_appear_while_the_page_is_open(int width) {
    // given
    String callId = TestTopics.unique("live");
    Scene scene = new Scene(topics, callId, 0, Instant.now().minusSeconds(5));
    try (Page page = open(width, "calls")) {
      assertThat(page.locator("#connection")).hasText("Live");

      // when
      scene.say(scene.tags.identified("<b>ann</b>", TagStage.PROVISIONAL, 0.7f));
      scene.say(scene.tags.identified("<b>ann</b>", TagStage.CONFIRMED, 0.98f));

      // then
      Locator leg = call(page, callId).locator(".now");
      assertThat(leg).containsText("<b>ann</b>");
      assertThat(leg).containsText("confirmed, 98 %");
      assertThat(call(page, callId).locator(".track button")).hasCount(2);
      assertFits(page);

      // when
      scene.say(scene.tags.ending().unknown("unknown-1"));

      // then
      assertThat(leg).containsText("unknown-1");
      assertThat(call(page, callId).locator(".state")).hasText("ended");
    }
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {DESKTOP, PHONE})
  void a_correction_by_keyboard_is_published(int width) {
    // given
    String callId = TestTopics.unique("correct");
    String speaker = TestTopics.unique("cleo");
    Scene scene = new Scene(topics, callId, 0, Instant.now().minusSeconds(10));
    scene.sound(8);
    for (int i = 0; i < 6; i++) {
      scene.say(scene.tags.unknown("unknown-1"));
    }
    try (Page page = open(width, "calls")) {
      // when
      assertThat(call(page, callId).locator(".now")).containsText("unknown-1");
      call(page, callId).locator(".track button").first().focus();
      page.keyboard().press("Enter");
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Hear it")).click();
      assertThat(dialog.locator("audio")).isVisible();
      dialog
          .getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Speaker"))
          .fill(speaker);
      dialog.getByLabel("Correct").check();
      dialog.getByLabel("Ground on which").fill("form 12");
      assertFits(page);
      page.keyboard().press("Enter");

      // then
      assertThat(page.locator("#notes")).containsText("Published for training as " + speaker);
      assertThat(dialog).hasCount(0);
      try (TopicReader<LabelledUtterance> reader = topics.read(Topics.LABELLED_UTTERANCES)) {
        reader.await(record -> record.key().startsWith(speaker + "/"), 1, SOON);
      }
    }
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {DESKTOP, PHONE})
  void an_erased_speaker_goes(int width) {
    // given
    String speaker = TestTopics.unique("dora");
    enroll(speaker);
    try (Page page = open(width, "speakers")) {
      Locator card =
          page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(speaker));
      assertThat(card.first()).containsText("1 accepted");
      assertFits(page);

      // when
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Erase " + speaker))
          .click();
      page.getByRole(AriaRole.DIALOG)
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Erase"))
          .click();

      // then
      assertThat(page.locator("#notes")).containsText(speaker + " is erased");
      assertThat(card).hasCount(0);
    }
    assertThat(problems).isEmpty();
  }

  private void enroll(String speaker) {
    String key = new EnrollmentKey(speaker, "one").encode();
    topics.send(
        Topics.ENROLLMENTS,
        key,
        Enrollment.newBuilder()
            .setSpeakerId(speaker)
            .setUtteranceId("one")
            .setOperation(EnrollmentOperation.ADD)
            .setConsent(Consent.newBuilder().setBasis("a test").setGivenAt(Instant.now()).build())
            .setRequestedAt(Instant.now())
            .build());
    topics.send(
        Topics.ENROLLMENT_RESULTS,
        key,
        EnrollmentResult.newBuilder()
            .setSpeakerId(speaker)
            .setUtteranceId("one")
            .setModelVersion("starter")
            .setOutcome(EnrollmentOutcome.ACCEPTED)
            .setUtterances(1)
            .setNetSpeechMs(6200)
            .setSnrDb(24)
            .setAt(Instant.now())
            .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"models", "training", "health"})
  void every_section_fits_a_phone(String section) {
    try (Page page = open(PHONE, section)) {
      assertThat(page.locator("h1"))
          .hasText(section.substring(0, 1).toUpperCase(Locale.ROOT) + section.substring(1));
      assertThat(page.locator(".loading")).hasCount(0);
      assertFits(page);
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void pictures_for_the_documentation() {
    // given
    play("support-4711");
    play("desk-12");
    for (int width : new int[] {DESKTOP, PHONE}) {
      try (Page page = open(width, "calls")) {
        page.getByRole(AriaRole.SEARCHBOX).fill("bea");
        assertThat(call(page, "desk-12").locator(".now").nth(1)).containsText("carlos");
        Path picture = Path.of("target", width == PHONE ? "console-phone.png" : "console.png");

        // when
        page.locator("h1").click();
        page.screenshot(new Page.ScreenshotOptions().setPath(picture));

        // then
        assertThat(picture).isNotEmptyFile();
      }
    }
    assertThat(problems).isEmpty();
  }

  private void play(String callId) {
    Scene agent = new Scene(topics, callId, 0, Instant.now().minusSeconds(62));
    Scene caller = new Scene(topics, callId, 1, Instant.now().minusSeconds(62));
    List<SpeakerTag> tags = new ArrayList<>();
    for (int second = 0; second < 58; second++) {
      boolean agentSpeaks = second / 11 % 2 == 0;
      int since = second % 11;
      TagStage stage = since < 3 ? TagStage.PROVISIONAL : TagStage.CONFIRMED;
      float sure = Math.min(0.99f, 0.6f + 0.1f * since);
      tags.add(agentSpeaks ? agent.tags.identified("bea", stage, sure) : agent.tags.silent());
      if (agentSpeaks) {
        tags.add(since == 10 ? caller.tags.overlap() : caller.tags.silent());
      } else if (second < 22) {
        tags.add(caller.tags.unknown("unknown-1"));
      } else {
        tags.add(caller.tags.identified("carlos", since == 3 ? TagStage.REVISED : stage, sure));
      }
    }
    Stream.of(agent, caller)
        .forEach(
            scene ->
                tags.stream()
                    .filter(tag -> tag.getStreamId().equals(scene.streamId()))
                    .forEach(scene::say));
  }
}
