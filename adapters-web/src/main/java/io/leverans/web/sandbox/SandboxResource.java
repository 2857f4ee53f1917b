package io.leverans.web.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.web.input.Parameters;
import io.leverans.web.json.Json;
import io.leverans.web.json.ListJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** What the simulated recipients got, and the servers and accounts there are to connect: listed. */
public final class SandboxResource {
  private static final int STANDARD_LIMIT = 20;
  private static final int MAX_LIMIT = 100;

  private final SandboxView sandbox;

  public SandboxResource(SandboxView sandbox) {
    this.sandbox = sandbox;
  }

  public void register(RoutesConfig routes) {
    routes.get("/sandbox/inbox", this::inbox);
    routes.get("/sandbox/mail-servers", this::mailServers);
    routes.get("/sandbox/accounts", this::accounts);
  }

  private void inbox(Context ctx) {
    Parameters parameters = Parameters.of(ctx, "address", "limit");
    int limit = parameters.limit(STANDARD_LIMIT, MAX_LIMIT);
    var address = parameters.read("address", EmailAddress::parse);
    var items = sandbox.inbox().list(address, limit).stream().map(ArrivalJson::of).toList();
    Json.write(ctx, HttpStatus.OK, new ListJson<>(items, Optional.empty()));
  }

  private void mailServers(Context ctx) {
    Parameters.of(ctx);
    Json.write(ctx, HttpStatus.OK, new ListJson<>(sandbox.mailServers().list(), Optional.empty()));
  }

  private void accounts(Context ctx) {
    Parameters.of(ctx);
    Json.write(ctx, HttpStatus.OK, new ListJson<>(sandbox.accounts().list(), Optional.empty()));
  }

  /**
   * A message as it arrived.
   *
   * @param raw a character for each octet, so that none is lost
   */
  record ArrivalJson(
      Instant arrivedAt,
      String recipient,
      String returnPath,
      String from,
      Optional<String> via,
      String subject,
      String text,
      SandboxInbox.Dkim dkim,
      String raw) {
    static ArrivalJson of(SandboxInbox.Arrival arrival) {
      return new ArrivalJson(
          arrival.at(),
          arrival.recipient(),
          arrival.returnPath(),
          arrival.from(),
          arrival.via(),
          arrival.subject(),
          arrival.text(),
          arrival.dkim(),
          characters(arrival.raw()));
    }

    private static String characters(Octets octets) {
      try {
        return new String(octets.toArray(), ISO_8859_1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
