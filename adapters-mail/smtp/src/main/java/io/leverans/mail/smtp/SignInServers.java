package io.leverans.mail.smtp;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.mail.conversation.DomainName;
import io.leverans.mail.oauth.OAuthServer;
import io.leverans.mail.oauth.PlatformFault;
import io.leverans.mail.smtp.WellKnownServer.MailboxHost;
import io.leverans.mail.smtp.WellKnownServer.SignInPage;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages that owners of accounts may sign in on, each for certain hosts: those of well-known
 * servers, and one that the operator describes. A member only names a host, so that neither the
 * client's secret nor anybody's token goes where a member wants it.
 */
final class SignInServers {
  private static final String OWN = "oauth";

  /** Scopes about whom access is for and how long it lasts, not about what it is for. */
  private static final List<String> NOT_SENDING =
      List.of("openid", "email", "profile", "offline_access");

  private final List<Known> known;

  private SignInServers(List<Known> known) {
    this.known = List.copyOf(known);
  }

  /**
   * One of them.
   *
   * @param key tells it from the others
   * @param hosts the servers that take its tokens, for people
   * @param isMailboxAt tells the servers of mailboxes that take its tokens
   * @param server absent while the operator has not set it up
   * @param reading the same, asked for leave to read the mailbox, too
   * @param needed the scopes without which nothing can be sent, as far as they are known
   */
  private record Known(
      String key,
      String hosts,
      Predicate<String> isAt,
      Predicate<String> isMailboxAt,
      Optional<OAuthServer> server,
      Optional<OAuthServer> reading,
      List<String> needed) {
    Optional<OAuthServer> asked(MailboxChoice choice) {
      return switch (choice) {
        case LEFT_ALONE -> server;
        case READ -> reading;
      };
    }
  }

  /** What is known about signing in at a host. */
  sealed interface Found {
    /**
     * It can be done.
     *
     * @param key tells this server from the others
     * @param needed the scopes without which nothing can be sent, as far as they are known: what
     *     the operator asks for is up to the operator, and may change
     */
    record Ready(String key, OAuthServer server, List<String> needed) implements Found {
      public Ready {
        needed = List.copyOf(needed);
      }
    }

    /**
     * It cannot.
     *
     * @param fault why, and what the operator can do about it
     */
    record Missing(PlatformFault fault) implements Found {}
  }

  /**
   * Reads the deployment's settings.
   *
   * @throws InvalidSettingException naming the first that cannot be used
   */
  static SignInServers of(ProviderSettings settings) {
    List<Known> known = new ArrayList<>();
    for (WellKnownServer server : WellKnownServer.ALL) {
      server.signIn().ifPresent(page -> known.add(wellKnown(server, page, settings)));
    }
    own(settings).ifPresent(known::add);
    return new SignInServers(known);
  }

  private static Known wellKnown(
      WellKnownServer server, SignInPage page, ProviderSettings settings) {
    String id = page.key() + "-client-id";
    String secret = page.key() + "-client-secret";
    Function<List<String>, Optional<OAuthServer>> asking =
        scopes ->
            isAnySet(settings, id, secret)
                ? Optional.of(
                    server(
                        server.preset().title(),
                        endpoint(settings, page.key() + "-authorize-url").orElse(page.authorize()),
                        endpoint(settings, page.key() + "-token-url").orElse(page.token()),
                        settings.require(id),
                        settings.require(secret),
                        credentials(page.key()),
                        scopes))
                : Optional.empty();
    Optional<MailboxHost> mailbox = server.mailbox();
    List<String> toRead = mailbox.map(MailboxHost::scopes).orElse(List.of());
    return new Known(
        page.key(),
        server.hostNames(),
        server::isAt,
        host -> mailbox.map(MailboxHost::host).filter(host::equals).isPresent(),
        asking.apply(page.scopes()),
        asking.apply(Stream.concat(page.scopes().stream(), toRead.stream()).toList()),
        toSend(page.scopes()));
  }

  private static Optional<Known> own(ProviderSettings settings) {
    String[] keys = {
      "oauth-hosts",
      "oauth-authorize-url",
      "oauth-token-url",
      "oauth-client-id",
      "oauth-client-secret",
      "oauth-scopes"
    };
    if (!isAnySet(settings, keys)) {
      return Optional.empty();
    }
    List<String> hosts =
        Arrays.stream(settings.require(keys[0]).split(",", -1))
            .map(host -> DomainName.require(keys[0], host.strip()))
            .toList();
    OAuthServer server =
        server(
            "The sign-in of " + hosts.getFirst(),
            requireEndpoint(settings, keys[1]),
            requireEndpoint(settings, keys[2]),
            settings.require(keys[3]),
            settings.require(keys[4]),
            credentials(OWN),
            List.of(settings.require(keys[5]).split("\\s+", -1)));
    return Optional.of(
        new Known(
            OWN,
            String.join(", ", hosts),
            hosts::contains,
            hosts::contains,
            Optional.of(server),
            Optional.of(server),
            List.of()));
  }

  private static boolean isAnySet(ProviderSettings settings, String... keys) {
    return Stream.of(keys).anyMatch(key -> settings.find(key).isPresent());
  }

  private static OAuthServer server(
      String name,
      URI authorize,
      URI token,
      String clientId,
      String clientSecret,
      String credentials,
      List<String> scopes) {
    return new OAuthServer(
        name,
        authorize,
        token,
        Optional.empty(),
        clientId,
        clientSecret,
        credentials,
        scopes,
        Map.of());
  }

  private static String credentials(String key) {
    return "smtp.%s-client-id and smtp.%s-client-secret".formatted(key, key);
  }

  private static URI requireEndpoint(ProviderSettings settings, String key) {
    String _ = settings.require(key);
    return endpoint(settings, key).orElseThrow();
  }

  private static Optional<URI> endpoint(ProviderSettings settings, String key) {
    return settings
        .find(key)
        .map(
            text ->
                OAuthServer.endpoint(text)
                    .orElseThrow(
                        () ->
                            new InvalidSettingException(
                                key,
                                "'%s' is no address that begins with https://, or with http:// on"
                                        .formatted(text)
                                    + " this machine")));
  }

  /** Whether the servers of mail and of mailboxes take the same tokens. */
  boolean areOfOneProvider(String written, String mailbox) {
    String host = hostOf(written);
    String mailboxHost = hostOf(mailbox);
    return known.stream()
        .anyMatch(one -> one.isAt().test(host) && one.isMailboxAt().test(mailboxHost));
  }

  private static String hostOf(String written) {
    return HostName.read(written) instanceof HostName.Read.Host(var text) ? text : "";
  }

  /**
   * What is known of a host, as a person writes it.
   *
   * @param choice whether leave to read the mailbox is to be asked for, too
   */
  Found find(String written, MailboxChoice choice) {
    String host = hostOf(written);
    for (Known one : known) {
      if (one.isAt().test(host)) {
        return one.asked(choice)
            .<Found>map(server -> new Found.Ready(one.key(), server, one.needed()))
            .orElseGet(() -> new Found.Missing(notSetUp(one)));
      }
    }
    return new Found.Missing(
        new PlatformFault(
            "No sign-in page is known for this server, only for %s."
                .formatted(known.stream().map(Known::hosts).collect(Collectors.joining(", "))),
            "The operator may set smtp.oauth-hosts and the other smtp.oauth settings."));
  }

  private static PlatformFault notSetUp(Known one) {
    return new PlatformFault(
        "The sign-in page for this server is not set up on this platform.",
        "The operator has to set %s.".formatted(credentials(one.key())));
  }

  /** Those that are about sending. */
  static List<String> toSend(List<String> scopes) {
    return scopes.stream().filter(scope -> !NOT_SENDING.contains(scope)).toList();
  }

  /** All that are set up. */
  Set<OAuthServer> ready() {
    return known.stream()
        .flatMap(one -> Stream.concat(one.server().stream(), one.reading().stream()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
