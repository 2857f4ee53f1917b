package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.ConsentAnswer;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.ConsentPage;
import io.leverans.application.port.provider.ConsentRequest;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.Preset;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.mail.simulator.WorldSettings;
import io.leverans.mail.simulator.microsoft.MicrosoftSettings;
import io.leverans.mail.simulator.microsoft.SimulatedMicrosoft;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A provider with accounts, and owners of channels who are led to it. */
abstract class ConsentTrial {
  static final URI BACK = URI.create("https://mail.platform.test/connect/callback");
  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  static final String NONCE = "n-0S6_WzA2Mj";
  static final String SANDY = "sandy@company.test";
  static final List<String> TOKENS =
      List.of("access-token", "access-expires", "refresh-token", "consent-seal");

  final TestWorld world = new TestWorld();
  static SimulatedWorld simulated;
  SmtpProvider provider;

  @BeforeAll
  static void startWorld() throws IOException {
    simulated = SimulatedWorld.start(WorldSettings.defaults());
  }

  @AfterAll
  static void closeWorld() {
    simulated.close();
  }

  @BeforeEach
  void start() {
    world.set(Instant.now());
    provider = world.provider(settings());
  }

  @AfterEach
  void close() {
    provider.close();
    world.close();
  }

  static void assertOperatorsToMend(Renewal renewal, String setting) {
    assertThat(renewal)
        .asInstanceOf(type(Renewal.Refused.class))
        .satisfies(
            refused -> {
              assertThat(refused.until()).contains(Duration.ofHours(1));
              assertThat(refused.fault().certainty()).isEqualTo(Certainty.CERTAIN);
              assertThat(refused.fault().remedy())
                  .contains("not yours to mend", setting, "Mail waits");
            });
  }

  String[] settings(String... more) {
    SimulatedMicrosoft microsoft = simulated.company().microsoft();
    Map<String, String> settings =
        TestWorld.pairs(
            "dns-server",
            "127.0.0.1:" + simulated.dnsAddress().getPort(),
            "oauth-hosts",
            "mail.company.test",
            "oauth-authorize-url",
            microsoft.authorizeUrl().toString(),
            "oauth-token-url",
            microsoft.tokenUrl().toString(),
            "oauth-client-id",
            MicrosoftSettings.CLIENT.id(),
            "oauth-client-secret",
            MicrosoftSettings.CLIENT.secret(),
            "oauth-scopes",
            SimulatedMicrosoft.SEND + " offline_access openid email");
    settings.putAll(TestWorld.pairs(more));
    List<String> texts = new ArrayList<>();
    settings.forEach((key, value) -> texts.addAll(List.of(key, value)));
    return texts.toArray(String[]::new);
  }

  Map<String, String> fields() {
    return TestWorld.pairs(
        "host",
        "mail.company.test",
        "port",
        String.valueOf(simulated.company().startTlsAddress().getPort()),
        "ca",
        simulated.company().authorityCertificate(),
        "auth",
        "oauth");
  }

  ConsentFlow consent() {
    return provider.consent().orElseThrow();
  }

  ChannelSettings needsConsent(Map<String, String> fields) {
    return ((FilledIn.NeedsConsent) provider.read(fields)).settings();
  }

  List<FieldProblem> faulty(Map<String, String> fields) {
    return ((FilledIn.Faulty) provider.read(fields)).problems();
  }

  static URI page(ConsentFlow flow, ChannelSettings settings) {
    return ((ConsentPage.At) flow.page(settings, request())).address();
  }

  Grant.Granted granted(Map<String, String> fields, String account) throws Exception {
    return (Grant.Granted) redeem(needsConsent(fields), account, NONCE);
  }

  Grant redeem(ChannelSettings settings, String account, String nonce) throws Exception {
    String code = codeFor(settings, account);
    return consent()
        .redeem(open(settings, Map.of()), new ConsentAnswer(code, BACK, VERIFIER, nonce));
  }

  /** What the owner's browser brings back from the page. */
  String codeFor(ChannelSettings settings, String account) throws Exception {
    URI page = page(consent(), settings);
    try (HttpClient browser = HttpClient.newHttpClient()) {
      var press =
          HttpRequest.newBuilder(simulated.company().microsoft().authorizeUrl())
              .POST(BodyPublishers.ofString(page.getRawQuery() + "&account=" + account))
              .build();
      String back =
          browser.send(press, BodyHandlers.discarding()).headers().firstValue("Location").get();
      assertThat(back).startsWith(BACK.toString());
      Map<String, String> answer = form(URI.create(back).getRawQuery());
      assertThat(answer).containsEntry("state", "the-state");
      return answer.get("code");
    }
  }

  /** How each well-known server is proposed to be signed in to. */
  static Map<String, String> presets(SmtpProvider provider) {
    return ((ConnectionForm.Fields) provider.form())
        .presets().stream()
            .collect(
                Collectors.toMap(Preset::name, preset -> preset.values().getOrDefault("auth", "")));
  }

  static ConsentRequest request() {
    return new ConsentRequest("the-state", BACK, VERIFIER, NONCE);
  }

  static Map<String, String> merged(Grant.Granted granted) {
    Map<String, String> merged = new HashMap<>(granted.settings().values());
    merged.putAll(granted.secrets());
    return merged;
  }

  static OpenChannel open(Grant.Granted granted) {
    return open(granted.settings(), granted.secrets());
  }

  static OpenChannel open(ChannelSettings settings, Map<String, String> secrets) {
    Map<String, String> values = new HashMap<>(settings.values());
    values.putAll(secrets);
    return new OpenChannel(
        TestWorld.CHANNEL, SmtpProviderFactory.KIND, new ChannelSettings(values));
  }

  AttemptReport attempt(OpenChannel channel) {
    return attempt(channel, "ada@example.org");
  }

  AttemptReport attempt(OpenChannel channel, String recipient) {
    return provider.transport().attempt(world.dispatch(recipient), channel, _ -> Permission.GO);
  }

  static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    Arrays.stream(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .forEach(
            pair ->
                form.put(
                    URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return form;
  }
}
