package io.leverans.bootstrap.sandbox;

import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.mail.simulator.ArrivedMail;
import io.leverans.mail.simulator.DkimVerdict;
import io.leverans.mail.simulator.MailReading;
import io.leverans.mail.simulator.SimulatedInbox;
import io.leverans.web.sandbox.SandboxInbox;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows the simulator's inbox through the HTTP API. */
final class SimulatedMailboxes implements SandboxInbox {
  private final SimulatedInbox inbox;

  SimulatedMailboxes(SimulatedInbox inbox) {
    this.inbox = inbox;
  }

  @Override
  public List<Arrival> list(Optional<EmailAddress> address, int limit) {
    Stream<ArrivedMail> mails =
        address.map(wanted -> inbox.mailFor(wanted.toString()).stream()).orElseGet(inbox::newest);
    return mails.limit(limit).map(SimulatedMailboxes::arrival).toList();
  }

  private static Arrival arrival(ArrivedMail mail) {
    MailReading reading = mail.reading();
    return new Arrival(
        mail.arrivedAt(),
        mail.returnPath(),
        mail.recipient(),
        reading.from(),
        reading.subject(),
        reading.text(),
        dkim(reading.dkim()),
        reading.via(),
        Octets.of(mail.raw()));
  }

  private static Dkim dkim(DkimVerdict verdict) {
    return switch (verdict) {
      case DkimVerdict.Pass(var domains) -> new Dkim(Verdict.PASS, domains, "");
      case DkimVerdict.Fail(var domain, var why) -> new Dkim(Verdict.FAIL, List.of(domain), why);
      case DkimVerdict.None() -> new Dkim(Verdict.NONE, List.of(), "");
    };
  }
}
