package io.leverans.mail.msc;

import static io.leverans.application.port.provider.DeploymentSetting.open;

import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.mail.conversation.TimeoutSettings;
import java.util.List;
import java.util.stream.Stream;

/** What the operator may set for the platform's servers; {@link MscSettings} reads it. */
final class DescribedSettings {
  private static final List<DeploymentSetting> BEFORE_TIMEOUTS =
      List.of(
          open(
              "domain",
              "",
              "domain of return paths, signatures and the bounce server; by default the"
                  + " platform's"),
          open("hostname", "", "name to say hello with; by default the domain"),
          open("port", "25", "port that the recipients' servers listen on"),
          open(
              "smart-host",
              "",
              "server that takes all mail, as host:port; by default the recipients' own servers"),
          open("dns-server", "", "name server to ask, as host:port; by default the system's"),
          open("dns-timeout", "5s", "for one question to a name server"),
          open("ip-versions", "any", "addresses to connect to: any, ipv4-only"),
          open("dkim", "on", "whether mail is signed: on, off"),
          open("dkim-selector", "leverans", "selector of the DKIM key"));

  private static final List<DeploymentSetting> AFTER_TIMEOUTS =
      List.of(
          open(
              "connections-per-destination",
              "20",
              "connections at a time to one address, of all nodes together"),
          open("connection-idle", "15s", "how long an unused connection is kept"),
          open("messages-per-connection", "100", "after so many messages a connection is closed"),
          open(
              "destination-pace",
              "",
              "how much goes to each destination, such as 20 in 1s, and to some in particular, such"
                  + " as 20 in 1s; orange.fr: 2 in 1s, 5000 in 1d; a destination is all domains"
                  + " whose mail the servers of one owner take, named by their domain; through a"
                  + " smart host, how much it is given; by default unlimited"),
          open(
              "warm-up",
              "",
              "first day of new servers, such as 2026-11-29: from then on each destination gets 50"
                  + " messages in a day, and twice as many on each further day, for 12 days"),
          open(
              NewSenderDomains.KEY,
              "",
              "sender domains that are new, each with its first day, such as shop.example:"
                  + " 2026-11-29; b.example: 2026-12-01: from then on each destination gets as"
                  + " little from each of them, and from what is below it, as from new servers"),
          open(
              "tls-required",
              "",
              "recipients' domains, separated by commas, that get mail only encrypted and to a"
                  + " server with a valid certificate: bank.example, and *.gov.example for all"
                  + " below it"),
          open(
              "mta-sts",
              "on",
              "whether the policies on encryption that recipients' domains publish (MTA-STS) are"
                  + " obeyed: on, off"),
          open(
              "mta-sts-networks",
              "public",
              "networks that those policies may be fetched from, separated by commas: public, and"
                  + " ranges such as 10.1.0.0/16"),
          open("mta-sts-port", "443", "port that they are fetched from"),
          open(
              "dane",
              "off",
              "whether the certificates that recipients' domains publish in signed DNS (DANE) are"
                  + " demanded of their servers: on, off"),
          open(
              "dane-trust-anchors",
              "",
              "file with the keys that signatures in DNS begin with, as DS or DNSKEY records; by"
                  + " default those of the root zone"),
          open(
              "authorities",
              "",
              "certificates of the authorities that vouch for recipients' servers and policies, as"
                  + " PEM; by default those that Java knows"),
          open("bounce-listen", "0.0.0.0:2525", "where bounces come in over SMTP"),
          open(
              "complaints",
              "abuse",
              "part before the @ of the address that feedback loops send complaints to, at"
                  + " msc.domain; postmaster and abuse are always taken"),
          open("bounce-connections", "500", "bounce connections at a time"),
          open("bounce-connections-per-host", "20", "bounce connections at a time of one host"),
          open("bounce-timeout", "5m", "for the other side of a bounce connection to speak"),
          open("report-size", "10MB", "longest report taken"));

  static final List<DeploymentSetting> ALL =
      Stream.of(BEFORE_TIMEOUTS, TimeoutSettings.DESCRIBED, AFTER_TIMEOUTS)
          .flatMap(List::stream)
          .toList();

  private DescribedSettings() {}
}
