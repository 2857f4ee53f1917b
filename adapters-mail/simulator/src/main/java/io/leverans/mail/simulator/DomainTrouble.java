package io.leverans.mail.simulator;

/** Why a domain has no mail server that could be connected to. */
enum DomainTrouble {
  UNKNOWN("5.4.4", "Domain {domain} not found"),
  TAKES_NO_MAIL("5.1.10", "Domain {domain} takes no mail (null MX)"),
  NO_ADDRESS("5.4.4", "Mail server mx.{domain} has no address"),
  NAME_SERVER_FAILS("4.4.3", "Name service error for {domain}: try again");

  private final String status;
  private final String words;

  DomainTrouble(String status, String words) {
    this.status = status;
    this.words = words;
  }

  /** Enhanced status code, RFC 3463. */
  String status() {
    return status;
  }

  String words(String domain) {
    return words.replace("{domain}", domain);
  }
}
