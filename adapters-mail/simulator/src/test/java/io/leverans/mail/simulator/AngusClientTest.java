package io.leverans.mail.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a mail library that others wrote makes of the server. */
class AngusClientTest {
  private SimulatedWorld world;

  @BeforeEach
  void start() throws IOException {
    world = Samples.fastWorld();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void a_mail_arrives_over_an_encrypted_connection() throws Exception {
    send("ada@c.test");

    ArrivedMail mail = world.inbox().mailFor("ada@c.test").getFirst();
    assertThat(mail.tls()).contains("TLSv1.3");
    assertThat(mail.reading().subject()).isEqualTo("Grüße");
    assertThat(mail.returnPath()).isEqualTo("a@b.test");
  }

  @Test
  void a_refused_recipient_is_an_exception() {
    assertThatThrownBy(() -> send("user-unknown@c.test"))
        .isInstanceOf(SendFailedException.class)
        .hasStackTraceContaining("550 5.1.1 <user-unknown@c.test>");
  }

  private void send(String to) throws Exception {
    var settings = new Properties();
    settings.setProperty("mail.smtp.starttls.enable", "true");
    settings.setProperty("mail.smtp.starttls.required", "true");
    settings.setProperty("mail.smtp.ssl.trust", "*");
    settings.setProperty("mail.smtp.ssl.checkserveridentity", "false");
    settings.setProperty("mail.smtp.from", "a@b.test");
    Session session = Session.getInstance(settings);
    var message = new MimeMessage(session);
    message.setFrom(new InternetAddress("a@b.test"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
    message.setSubject("Grüße", "UTF-8");
    message.setText("hello");
    message.saveChanges();
    try (var transport = (SMTPTransport) session.getTransport("smtp")) {
      transport.connect("127.0.0.1", world.smtpAddress().getPort(), null, null);
      transport.sendMessage(message, message.getAllRecipients());
    }
  }
}
