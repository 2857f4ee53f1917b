package io.leverans.mail.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.apache.james.jdkim.DKIMSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedInboxTest {
  private SimulatedWorld world;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    world = SimulatedWorld.start(WorldSettings.defaults().withKept(3, 1000));
    client = RawClient.greeted(world);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    world.close();
  }

  @Test
  void a_mail_is_shown_as_its_recipient_sees_it() throws IOException {
    MailReading reading =
        reading(
            "a@acme.test",
            """
            From: =?utf-8?q?J=C3=B6rg?= <joerg@acme.test>
            Subject: =?utf-8?b?R3LDvMOfZQ==?=
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=x

            --x
            Content-Type: text/html

            <p>no</p>
            --x
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Sch=C3=B6n
            --x--\
            """);

    assertThat(reading.from()).isEqualTo("Jörg <joerg@acme.test>");
    assertThat(reading.subject()).isEqualTo("Grüße");
    assertThat(reading.text()).isEqualTo("Schön");
    assertThat(reading.dkim()).isEqualTo(new DkimVerdict.None());
    assertThat(reading.via()).isEmpty();
  }

  @Test
  void a_mail_without_any_field_can_be_read() throws IOException {
    MailReading reading = reading("", "\n\nno header at all");

    assertThat(reading.from()).isEmpty();
    assertThat(reading.subject()).isEmpty();
    assertThat(reading.via()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a@acme.test, ''",
    "a@bounces.acme.test, ''",
    "a@ACME.test, ''",
    "b@platform.test, platform.test",
    "b@notacme.test, notacme.test"
  })
  void via_names_the_return_path_that_is_not_aligned(String returnPath, String via)
      throws IOException {
    MailReading reading = reading(returnPath, "From: a@mail.acme.test\n\nhello");

    assertThat(reading.via().orElse("")).isEqualTo(via);
  }

  @ParameterizedTest
  @CsvSource({
    "a.co.uk, b.co.uk, false",
    "x.a.co.uk, a.co.uk, true",
    "a.test, b.test, false",
    "com, com, true"
  })
  void domains_align_below_what_their_organisation_registered(
      String one, String other, boolean aligned) {
    assertThat(Domains.aligned(one, other)).isEqualTo(aligned);
  }

  @Test
  void a_signature_is_checked_against_the_published_key() throws Exception {
    KeyPair keys = keys();
    publish(keys);
    String signed = sign("From: ada@acme.test\r\nSubject: x\r\n\r\nhello\r\n", keys);

    assertThat(reading("b@platform.test", signed).dkim())
        .isEqualTo(new DkimVerdict.Pass(List.of("platform.test")));
    assertThat(reading("b@else.test", signed).via()).contains("platform.test");
    assertThat(reading("b@acme.test", signed).via()).isEmpty();
    assertThat(reading("b@platform.test", signed.replace("hello", "hullo")).dkim())
        .isInstanceOfSatisfying(
            DkimVerdict.Fail.class, it -> assertThat(it.domain()).isEqualTo("platform.test"));
  }

  @Test
  void a_signature_whose_key_is_not_published_fails() throws Exception {
    String signed = sign("From: ada@acme.test\r\n\r\nhello\r\n", keys());

    assertThat(reading("b@platform.test", signed).dkim()).isInstanceOf(DkimVerdict.Fail.class);
  }

  @Test
  void the_newest_mails_are_kept_and_all_are_counted() throws IOException {
    for (int i = 1; i <= 5; i++) {
      client.send("a@b.test", "x@c.test", "Message-ID: <" + i + "@b>\r\n\r\nhello");
    }

    assertThat(world.inbox().mailFor("X@C.test"))
        .extracting(mail -> mail.messageId().orElseThrow())
        .containsExactly("<5@b>", "<4@b>", "<3@b>");
    assertThat(world.inbox().total()).isEqualTo(5);
    assertThat(world.inbox().arrivals("<1@b>", "x@C.test")).isEqualTo(1);
  }

  @Test
  void large_mails_push_older_ones_out_but_not_themselves() throws IOException {
    client.send("a@b.test", "x@c.test", "Message-ID: <small@b>\r\n\r\nhello");
    client.send("a@b.test", "x@c.test", "Message-ID: <large@b>\r\n\r\n" + "x".repeat(5000));

    assertThat(world.inbox().newest())
        .singleElement()
        .satisfies(mail -> assertThat(mail.messageId()).contains("<large@b>"));
  }

  @Test
  void a_message_that_came_twice_to_somebody_is_found() throws IOException {
    client.send("a@b.test", "x@c.test", "message-id:\r\n <1@b>\r\n\r\nhello");
    client.send("a@b.test", "X@c.test", "MESSAGE-ID: <1@b>\r\n\r\nhello");
    client.send("a@b.test", "y@c.test", "Message-ID: <1@b>\r\n\r\nhello");

    assertThat(world.inbox().arrivals("<1@b>"))
        .containsEntry("x@c.test", 2)
        .containsEntry("y@c.test", 1);
    assertThat(world.inbox().repeated()).containsOnlyKeys("<1@b>");
    assertThat(world.inbox().repeated().get("<1@b>")).containsOnlyKeys("x@c.test");
  }

  private MailReading reading(String returnPath, String message) throws IOException {
    String crlf = message.replace("\r\n", "\n").replace("\n", "\r\n");
    assertThat(client.send(returnPath, "x@c.test", crlf)).startsWith("250");
    return world.inbox().mailFor("x@c.test").getFirst().reading();
  }

  private void publish(KeyPair keys) {
    String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    world.publishTxt("s1._domainkey.platform.test", "v=DKIM1; k=rsa; p=" + key);
  }

  private static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static String sign(String message, KeyPair keys) throws Exception {
    var signer =
        new DKIMSigner(
            "v=1; a=rsa-sha256; c=relaxed/relaxed; d=platform.test; s=s1; h=from:from:subject; bh=;"
                + " b=",
            keys.getPrivate());
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return signer.sign(new ByteArrayInputStream(bytes)) + "\r\n" + message.stripTrailing();
  }
}
