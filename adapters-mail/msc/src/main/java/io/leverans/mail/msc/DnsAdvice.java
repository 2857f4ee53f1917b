package io.leverans.mail.msc;

import io.leverans.application.port.provider.DnsRecord;
import io.leverans.application.port.provider.SetupStep;
import io.leverans.mail.mime.DkimKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What lets others trust the platform's servers and find their way back. */
record DnsAdvice(MscSettings settings, Optional<DkimKey> dkimKey) {
  List<SetupStep> steps() {
    List<SetupStep> steps = new ArrayList<>();
    dkimKey.ifPresent(key -> steps.add(dkim(key)));
    steps.add(spf());
    steps.add(mx());
    steps.add(reverse());
    steps.add(feedbackLoops());
    return steps;
  }

  private static SetupStep dkim(DkimKey key) {
    return step(
        "DKIM key",
        "Recipients' servers check with it that mail comes from the platform and was not changed;"
            + " without it much of it is taken for spam.",
        new DnsRecord(key.dnsRecordName(), DnsRecord.Type.TXT, key.dnsRecordValue()));
  }

  private SetupStep spf() {
    return step(
        "SPF record of the return path",
        "It names the servers that may send with the platform's return path. Add every other"
            + " address that mail leaves from.",
        new DnsRecord(
            settings.domain(),
            DnsRecord.Type.TXT,
            "v=spf1 a:%s -all".formatted(settings.hostname())));
  }

  private SetupStep mx() {
    return step(
        "MX record of the bounce domain",
        "Bounces and complaints come back to this domain; without it they are lost. Port 25 of the"
            + " host has to lead to the bounce listener at "
            + settings.bounces().listen()
            + ".",
        new DnsRecord(settings.domain(), DnsRecord.Type.MX, "10 " + settings.hostname() + "."));
  }

  private SetupStep reverse() {
    return step(
        "Host name and reverse DNS",
        "Many servers refuse mail from an address whose name does not lead back to it. Let "
            + settings.hostname()
            + " have the addresses that mail leaves from, and have their provider set the PTR"
            + " record of each to it.");
  }

  private SetupStep feedbackLoops() {
    return step(
        "Feedback loops",
        "Mailbox providers tell who called mail spam only to those who registered for it. Register"
            + " the address "
            + settings.complaintAddress()
            + ": with Microsoft's JMRP, beside SNDS, for each address that mail leaves from; with"
            + " Yahoo's Complaint Feedback Loop for the domain that signs, "
            + settings.domain()
            + ". The mails in which they ask for confirmation come in as reports: an admin of the"
            + " operator's team finds them in GET /v1/reports and reads them in GET"
            + " /v1/reports/{id}/raw. Gmail tells of no single complaint.");
  }

  private static SetupStep step(String title, String why, DnsRecord... records) {
    return new SetupStep(title, why, List.of(records));
  }
}
