package io.leverans.bootstrap.command;

import io.leverans.bootstrap.sandbox.CompanyServer;
import io.leverans.bootstrap.sandbox.Sandbox;
import io.leverans.bootstrap.settings.Role;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.bootstrap.wiring.FirstTeam;
import io.leverans.bootstrap.wiring.Node;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.identity.IdentityId;
import java.net.URI;

/** What a person reads after the start: where it is, how to get in, what to do first. */
record Welcome(Settings settings, Node node) {
  String text() {
    return node.firstTeam().map(this::withApi).orElseGet(this::withoutApi);
  }

  private String withApi(FirstTeam team) {
    return switch (settings.mode()) {
      case SANDBOX -> sandbox(team);
      case LIVE -> live(team);
    };
  }

  private String withoutApi() {
    String mode =
        switch (settings.mode()) {
          case SANDBOX -> "as a SANDBOX";
          case LIVE -> "LIVE";
        };
    return """

    Leverans %s runs %s, as %s: without the HTTP API.

      health     http://%s:%d/healthz, /readyz
      data       %s

    Stop with Ctrl-C.

    """
        .formatted(
            VersionCommand.number(),
            mode,
            String.join(", ", settings.roles().stream().map(Role::word).sorted().toList()),
            settings.httpHost(),
            node.port(),
            settings.dataFolder());
  }

  private String sandbox(FirstTeam team) {
    URI url = node.url();
    String sender =
        team.identity()
            .map(IdentityId::value)
            .map(Object::toString)
            .orElse("ID-OF-A-VERIFIED-IDENTITY");
    return """

    Leverans %s runs as a SANDBOX: every recipient is simulated, nothing leaves this machine.

      HTTP API   %s   (start page, /openapi.yaml, /healthz)
      API key    %s
                 also in %s
      data       %s

    Send a first mail:

      curl -s %s/v1/messages \\
        -H 'Authorization: Bearer %s' \\
        -H 'Content-Type: application/json' \\
        -d '{"identityId": "%s", "to": "anna@example.com", "subject": "Hello", "text": "My first mail."}'

    See what the recipient got (a second later):

      curl -s '%s/sandbox/inbox?address=anna@example.com'

    Connect a company's own mail server, and send through it from then on:

      curl -s %s/v1/channels \\
        -H 'Authorization: Bearer %s' \\
        -H 'Content-Type: application/json' \\
        -d '%s'
    %s
    Recipients such as user-unknown@example.com or bounce-later@example.com do what their name says.
    Stop with Ctrl-C.

    """
        .formatted(
            VersionCommand.number(),
            url,
            team.apiKey(),
            team.keyFile(),
            settings.dataFolder(),
            url,
            team.apiKey(),
            sender,
            url,
            url,
            team.apiKey(),
            companysChannel(),
            googleAccount(url, team.apiKey()));
  }

  private String googleAccount(URI url, String apiKey) {
    if (!settings.channels().contains(new ChannelKind("gmail"))) {
      return "";
    }
    return """

    Connect an account of the simulated Google: open the consentPage of the answer in a browser.

      curl -s %s/v1/channels/connect \\
        -H 'Authorization: Bearer %s' \\
        -H 'Content-Type: application/json' \\
        -d '{"kind": "gmail"}'
    """
        .formatted(url, apiKey);
  }

  private String companysChannel() {
    CompanyServer company = node.sandbox().map(Sandbox::company).orElseThrow();
    return """
    {"kind": "smtp", "label": "Acme", "settings": {"host": "%s", "port": %d,
            "username": "sandy@acme.example", "password": "%s",
            "certificate-sha256": "%s"}}\
    """
        .formatted(
            company.host(), company.startTlsPort(), company.password(), company.fingerprint());
  }

  private String live(FirstTeam team) {
    return """

    Leverans %s runs LIVE: mail goes out to the world.

      HTTP API   %s   (start page, /openapi.yaml, /healthz)
      API key    of the operator's team, in %s
      data       %s

    leverans check-config prints what has to be published in DNS. Stop with Ctrl-C.

    """
        .formatted(VersionCommand.number(), node.url(), team.keyFile(), settings.dataFolder());
  }
}
