package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.FormField;
import io.leverans.application.port.provider.Preset;
import io.leverans.mail.conversation.ServerKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FormReaderTest {
  private static final String SECRET = "correct horse battery";

  private final TestWorld world = new TestWorld();
  private final SmtpProvider provider = world.provider();

  @AfterEach
  void close() {
    provider.close();
    world.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -    | -          | 587  | starttls
          465  | -          | 465  | tls
          2465 | -          | 2465 | tls
          587  | -          | 587  | starttls
          2525 | -          | 2525 | starttls
          25   | -          | 25   | if-offered
          -    | tls        | 465  | tls
          -    | starttls   | 587  | starttls
          -    | none       | 25   | none
          25   | starttls   | 25   | starttls
          587  | none       | 587  | none
          587  | tls        | 587  | tls
          """)
  void what_is_left_empty_is_what_is_usual(
      String port, String security, String readPort, String readSecurity) {
    Map<String, String> fields = TestWorld.pairs("host", "mail.example.com");
    fields.put("port", port == null ? "" : port);
    fields.put("security", security == null ? " " : security);
    assertThat(settings(fields))
        .containsEntry("port", readPort)
        .containsEntry("security", readSecurity)
        .containsEntry("auth", "none")
        .containsEntry("connections", "4")
        .containsEntry("verp", "off");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MAIL.Example.COM          | mail.example.com
          mail.example.com.         | mail.example.com
          ' mail.example.com\t'     | mail.example.com
          \u00a0mail.example.com    | mail.example.com
          Mail.Bücher.example       | mail.xn--bcher-kva.example
          XN--bcher-kva.example     | xn--bcher-kva.example
          relay                     | relay
          198.51.100.25             | 198.51.100.25
          2001:DB8::25              | 2001:db8:0:0:0:0:0:25
          [2001:db8::25]            | 2001:db8:0:0:0:0:0:25
          """)
  void a_host_is_read_as_people_write_it(String written, String read) {
    assertThat(settings(TestWorld.pairs("host", written))).containsEntry("host", read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          host     | ''                              | Enter the name of the outgoing mail server
          host     | smtps://mail.example.com:465    | without smtp://
          host     | https://mail.example.com/owa    | without smtp://
          host     | sandy@example.com               | A host has no @
          host     | mail.example.com:587            | port in its own field
          host     | [2001:db8::25]:587              | port in its own field
          host     | mail example com                | not the name of a server
          host     | -mail.example.com               | not the name of a server
          host     | mail..example.com               | not the name of a server
          host     | 198.51.100.256                  | IP address
          host     | 2001:db8::xyz                   | IPv6 address
          host     | smtp.gmail.com                  | kind gmail
          host     | SMTP.GoogleMail.com.            | kind gmail
          port     | abc                             | whole number from 1 to 65535
          port     | 0                               | whole number from 1 to 65535
          port     | 65536                           | whole number from 1 to 65535
          port     | 99999999999999999999            | whole number from 1 to 65535
          security | ssl                             | tls, starttls, if-offered, none
          auth     | xoauth2                         | none, password, plain, login, ntlm
          auth     | plain                           | user name that the password belongs to
          username | sandy                           | password of this user name
          password | secret                          | user name that the password belongs to
          ehlo-name | my laptop                      | not a name
          ca       | hello                           | BEGIN CERTIFICATE
          ca       | -----BEGIN PRIVATE KEY-----     | private key
          certificate-sha256 | 12:34                 | fingerprint
          verp     | yes                             | on or off
          connections | 0                            | whole number from 1 to 50
          connections | 1000                         | whole number from 1 to 50
          hots     | mail.example.com                | the fields are host
          """)
  void what_cannot_work_is_named_with_what_would(String field, String value, String words) {
    Map<String, String> fields = TestWorld.pairs("host", "mail.example.com", field, value);
    assertThat(problems(fields))
        .anySatisfy(problem -> assertThat(problem.problem()).contains(words));
  }

  @Test
  void port_465_knows_no_starttls() {
    Map<String, String> fields =
        TestWorld.pairs("host", "mail.example.com", "port", "465", "security", "starttls");
    assertThat(problems(fields))
        .singleElement()
        .matches(problem -> problem.field().equals("security"))
        .matches(problem -> problem.problem().contains("587"));
  }

  @Test
  void a_sign_in_that_is_not_used_is_refused() {
    Map<String, String> fields =
        TestWorld.pairs("host", "mail.example.com", "auth", "none", "password", SECRET);
    assertThat(problems(fields)).singleElement().matches(one -> one.field().equals("password"));
  }

  @Test
  void one_kind_of_trust_is_enough_and_needs_encryption() {
    String ca = ServerKeys.authority();
    String pin = ServerKeys.OF_THE_COMPANY.fingerprint();
    assertThat(
            problems(
                TestWorld.pairs("host", "mail.example.com", "ca", ca, "certificate-sha256", pin)))
        .isNotEmpty();
    assertThat(problems(TestWorld.pairs("host", "mail.example.com", "security", "none", "ca", ca)))
        .singleElement()
        .matches(one -> one.field().equals("ca"));
  }

  @Test
  void the_password_is_the_only_secret_and_nothing_repeats_it() {
    Map<String, String> fields =
        TestWorld.pairs(
            "host", "mail.example.com", "username", "sandy@example.com", "password", SECRET);
    FilledIn read = provider.read(fields);
    assertThat(read.toString()).doesNotContain(SECRET);
    assertThat(read)
        .isInstanceOfSatisfying(
            FilledIn.Complete.class,
            complete -> {
              assertThat(complete.secrets()).isEqualTo(Map.of("password", SECRET));
              assertThat(complete.settings().values())
                  .doesNotContainValue(SECRET)
                  .containsEntry("auth", "password");
              Map<String, String> again = new HashMap<>(complete.settings().values());
              again.putAll(complete.secrets());
              assertThat(provider.read(again)).as("what is stored is read again").isEqualTo(read);
            });
    fieldNames()
        .filter(name -> !name.equals("password") && !name.equals("username"))
        .forEach(
            name ->
                assertThat(
                        provider
                            .read(TestWorld.pairs("host", "x@y", name, SECRET + "\n@"))
                            .toString())
                    .as("put into %s", name)
                    .doesNotContain(SECRET));
  }

  @Test
  void bounces_to_the_platform_are_refused_where_it_takes_none() {
    Map<String, String> fields = TestWorld.pairs("host", "mail.example.com", "verp", "on");
    try (SmtpProvider without = world.provider("verp", "refused")) {
      assertThat(without.read(fields)).isInstanceOf(FilledIn.Faulty.class);
    }
    assertThat(provider.read(fields)).isInstanceOf(FilledIn.Complete.class);
  }

  static List<Preset> presets() {
    return WellKnownServer.ALL.stream().map(WellKnownServer::preset).toList();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void every_preset_can_be_filled_in(Preset preset) {
    assertThat(fieldNames().toList()).containsAll(preset.values().keySet());
    Map<String, String> fields = new HashMap<>(preset.values());
    fields.putIfAbsent("host", "exchange.example.com");
    fields.put("username", "sandy@example.com");
    fields.put("password", SECRET);
    try (SmtpProvider withPages =
        world.provider("microsoft-client-id", "6731", "microsoft-client-secret", "hush")) {
      assertThat(settings(withPages.read(fields))).containsAllEntriesOf(preset.values());
    }
    assertThat(preset.source()).contains("https://").contains("(2026-");
    assertThat(WellKnownServer.ALL)
        .filteredOn(server -> server.preset().equals(preset))
        .allMatch(
            server ->
                !preset.values().containsKey("host") || server.isAt(preset.values().get("host")));
  }

  @Test
  void the_presets_are_those_that_customers_use() {
    assertThat(presets())
        .extracting(Preset::name)
        .contains(
            "exchange",
            "microsoft-365",
            "amazon-ses",
            "sendgrid",
            "mailgun",
            "postmark",
            "fastmail",
            "zoho",
            "icloud",
            "yahoo")
        .doesNotHaveDuplicates();
  }

  @Test
  void only_passwords_are_secret_fields() {
    assertThat(((ConnectionForm.Fields) provider.form()).fields())
        .filteredOn(field -> field.visibility() == FormField.Visibility.SECRET)
        .extracting(FormField::name)
        .containsExactly("password", "imap-password");
  }

  private Stream<String> fieldNames() {
    return ((ConnectionForm.Fields) provider.form()).fields().stream().map(FormField::name);
  }

  private Map<String, String> settings(Map<String, String> fields) {
    return settings(provider.read(fields));
  }

  private static Map<String, String> settings(FilledIn read) {
    return switch (read) {
      case FilledIn.Complete(var settings, _) -> settings.values();
      case FilledIn.NeedsConsent(var settings, _) -> settings.values();
      case FilledIn.Faulty(var problems) -> throw new AssertionError(problems);
    };
  }

  private List<FieldProblem> problems(Map<String, String> fields) {
    return switch (provider.read(fields)) {
      case FilledIn.NeedsConsent needed -> throw new AssertionError(needed);
      case FilledIn.Complete complete -> throw new AssertionError(complete);
      case FilledIn.Faulty(var problems) -> problems;
    };
  }
}
