package io.leverans.mail.simulator.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leverans.mail.simulator.signin.Access;
import io.leverans.mail.simulator.signin.SignInClient;
import io.leverans.mail.simulator.signin.SignInSite;
import io.leverans.mail.simulator.signin.SigningKey;
import io.leverans.mail.simulator.signin.SimulatedAccount;
import io.leverans.mail.simulator.signin.SimulatedSignIn;
import io.leverans.mail.simulator.web.WebAnswer;
import io.leverans.mail.simulator.web.WebRequest;
import io.leverans.mail.simulator.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Google on this machine: people allow an application to send from their account, the application
 * sends over the Gmail API, and each account has a mailbox. An account does what its address says
 * ({@link GoogleQuirk}); recipients do what theirs says. Safe for use by many threads.
 */
public final class SimulatedGoogle implements AutoCloseable {
  private static final URI NOWHERE = URI.create("http://127.0.0.1");

  private final GoogleSettings settings;
  private final Surroundings world;
  private final AtomicReference<URI> root = new AtomicReference<>(NOWHERE);
  private final SigningKey key = SigningKey.create();
  private final Mailboxes mailboxes = new Mailboxes();
  private final GoogleDialect dialect;
  private final SimulatedSignIn signIn;
  private final SignInSite site;
  private final GmailApi gmail;
  private final WebServer server;

  private SimulatedGoogle(GoogleSettings settings, Surroundings world) throws IOException {
    this.settings = settings;
    this.world = world;
    this.dialect = new GoogleDialect(key, root::get, world.clock());
    this.signIn = new SimulatedSignIn(settings.signIn(), world.clock());
    this.site = new SignInSite(signIn, dialect);
    this.gmail =
        new GmailApi(signIn, mailboxes, new GmailSending(mailboxes, signIn, world, settings));
    this.server = WebServer.start(settings.port(), this::answer);
    root.set(server.address());
  }

  /**
   * Binds the port and serves from then on.
   *
   * @throws IOException if the port cannot be bound
   */
  public static SimulatedGoogle start(GoogleSettings settings, Surroundings world)
      throws IOException {
    return new SimulatedGoogle(settings, world);
  }

  private WebAnswer answer(WebRequest request) {
    return switch (request.path()) {
      case GoogleEndpoints.AUTHORIZE -> site.authorization(request);
      case GoogleEndpoints.TOKEN -> site.token(request);
      case GoogleEndpoints.REVOKE -> site.revocation(request);
      case GoogleEndpoints.CERTS -> WebAnswer.json(200, key.publicKeys());
      case GoogleEndpoints.USERINFO -> userinfo(request);
      case GoogleEndpoints.CONNECTIONS -> site.connections(request);
      case "/" -> WebAnswer.redirect(GoogleEndpoints.CONNECTIONS);
      default -> gmail.answer(request);
    };
  }

  private WebAnswer userinfo(WebRequest request) {
    Optional<Access> access = request.bearer().flatMap(signIn::grantOf);
    if (access.isEmpty()) {
      return GoogleError.badCredentials().answer();
    }
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims.put("sub", access.get().grant().account().subject());
    GoogleDialect.describe(claims, access.get().grant());
    return WebAnswer.json(200, claims);
  }

  /** Where an application finds its parts. */
  public GoogleEndpoints endpoints() {
    return GoogleEndpoints.at(root.get());
  }

  /** The only application that it knows. */
  public SignInClient client() {
    return settings.signIn().client();
  }

  /** The accounts that the consent page lists; any other address can be typed in there. */
  public List<SimulatedAccount> accounts() {
    return dialect.accounts();
  }

  /** What lies in the mailbox of an account, newest first; empty if nobody signed in with it. */
  public List<SimulatedMail> mailbox(String address) {
    return mailboxes.of(dialect.accountOf(address)).mails();
  }

  /** What lies in the Sent folder of an account, newest first. */
  public List<SimulatedMail> sent(String address) {
    return mailbox(address).stream().filter(mail -> mail.labels().contains("SENT")).toList();
  }

  /** The account in whose Sent folder a mail lies. */
  public Optional<String> senderOf(String messageId) {
    return mailboxes.addresses().stream()
        .filter(
            address ->
                sent(address).stream()
                    .anyMatch(
                        mail -> mail.header("Message-ID").filter(messageId::equals).isPresent()))
        .findFirst();
  }

  /** Takes back all that the owner of an account allowed. */
  public void removeAccess(String address) {
    signIn.removeAccess(dialect.accountOf(address));
  }

  /** Takes note of a mail that arrived in the world. */
  public void arrived(String recipient, byte[] mail) {
    if (recipient.indexOf('@') > 0 && !recipient.endsWith("@")) {
      mailboxes.arrived(dialect.accountOf(recipient), mail, world.clock().instant());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
