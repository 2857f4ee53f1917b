package io.leverans.mail.simulator.microsoft;

import io.leverans.mail.simulator.signin.Access;
import io.leverans.mail.simulator.signin.SignInSite;
import io.leverans.mail.simulator.signin.SigningKey;
import io.leverans.mail.simulator.signin.SimulatedAccount;
import io.leverans.mail.simulator.signin.SimulatedSignIn;
import io.leverans.mail.simulator.web.WebAnswer;
import io.leverans.mail.simulator.web.WebRequest;
import io.leverans.mail.simulator.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Microsoft's sign-in page and token endpoint for a company's accounts: whoever has a user name at
 * the company's mail server has an account here. Safe for use by many threads.
 */
public final class SimulatedMicrosoft implements AutoCloseable {
  /** The scope that lets an application send by SMTP. */
  public static final String SEND = "https://outlook.office.com/SMTP.Send";

  private static final String AUTHORIZE = "/common/oauth2/v2.0/authorize";
  private static final String TOKEN = "/common/oauth2/v2.0/token";
  private static final String KEYS = "/common/discovery/v2.0/keys";

  private final SimulatedSignIn signIn;
  private final MicrosoftDialect dialect;
  private final WebServer server;

  private SimulatedMicrosoft(SimulatedSignIn signIn, MicrosoftDialect dialect, WebServer server) {
    this.signIn = signIn;
    this.dialect = dialect;
    this.server = server;
  }

  /**
   * Binds the port and serves from then on.
   *
   * @param accounts those that the consent page lists
   * @throws IOException if the port cannot be bound
   */
  public static SimulatedMicrosoft start(
      MicrosoftSettings settings, List<SimulatedAccount> accounts, InstantSource clock)
      throws IOException {
    var signIn = new SimulatedSignIn(settings.signIn(), clock);
    var key = SigningKey.create();
    var dialect = new MicrosoftDialect(accounts, key, clock);
    var site = new SignInSite(signIn, dialect);
    return new SimulatedMicrosoft(
        signIn, dialect, WebServer.start(settings.port(), request -> answer(site, key, request)));
  }

  private static WebAnswer answer(SignInSite site, SigningKey key, WebRequest request) {
    return switch (request.path()) {
      case AUTHORIZE -> site.authorization(request);
      case TOKEN -> site.token(request);
      case KEYS -> WebAnswer.json(200, key.publicKeys());
      default -> WebAnswer.page(404, "<p>There is no such page.</p>");
    };
  }

  /** The consent page. */
  public URI authorizeUrl() {
    return server.address().resolve(AUTHORIZE);
  }

  /** Where codes and refresh tokens are traded. */
  public URI tokenUrl() {
    return server.address().resolve(TOKEN);
  }

  /** Whether a token lets a user send by SMTP: it is good, for that, and of that account. */
  public boolean letsIn(String user, String accessToken) {
    Optional<Access> access = signIn.grantOf(accessToken);
    return access
        .map(Access::grant)
        .filter(grant -> grant.scopes().contains(SEND))
        .filter(grant -> grant.account().address().equalsIgnoreCase(user.strip()))
        .isPresent();
  }

  /** Takes back all that the owner of an account allowed; tokens are worth nothing from then on. */
  public void revoke(String address) {
    signIn.removeAccess(dialect.accountOf(address));
  }

  @Override
  public void close() {
    server.close();
  }
}
