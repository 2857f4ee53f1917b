package io.leverans.mail.simulator;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A mail library that others wrote, as a client of the company's server. */
final class CompanyClient {
  private final SimulatedCompany company;
  private final Properties settings = new Properties();

  private CompanyClient(SimulatedCompany company) {
    this.company = company;
    set("from", "ada@acme.test");
    set("localhost", "client.test");
    settings.put("mail.smtp.ssl.checkserveridentity", "true");
  }

  /** Trusts the company's authority. */
  static CompanyClient of(SimulatedWorld world) throws GeneralSecurityException, IOException {
    var client = new CompanyClient(world.company());
    client.settings.put(
        "mail.smtp.ssl.socketFactory", trusting(world.company().authorityCertificate()));
    return client.set("starttls.enable", "true").set("starttls.required", "true");
  }

  /** Trusts whom Java trusts. */
  static CompanyClient ofStranger(SimulatedWorld world) {
    return new CompanyClient(world.company())
        .set("starttls.enable", "true")
        .set("starttls.required", "true");
  }

  CompanyClient set(String key, String value) {
    settings.setProperty("mail.smtp." + key, value);
    return this;
  }

  CompanyClient encryptedAtOnce() {
    return set("ssl.enable", "true")
        .set("starttls.enable", "false")
        .set("starttls.required", "false");
  }

  /** Signs in and sends one message, From and return path ada@acme.test. */
  void send(String user, String password, String... to) throws MessagingException {
    Session session = Session.getInstance(settings);
    var message = new MimeMessage(session);
    message.setFrom(new InternetAddress("ada@acme.test"));
    message.setRecipients(Message.RecipientType.TO, String.join(",", to));
    message.setSubject("Grüße", "UTF-8");
    message.setText("hello");
    message.saveChanges();
    boolean atOnce = "true".equals(settings.getProperty("mail.smtp.ssl.enable"));
    int port = (atOnce ? company.tlsAddress() : company.startTlsAddress()).getPort();
    try (var transport = (SMTPTransport) session.getTransport("smtp")) {
      transport.connect("localhost", port, user, password);
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  /** Sockets that trust one certificate and all that it vouches for. */
  static SSLSocketFactory trusting(String pem) throws GeneralSecurityException, IOException {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    try (InputStream text = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))) {
      anchors.setCertificateEntry(
          "anchor", CertificateFactory.getInstance("X.509").generateCertificate(text));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }
}
