package io.leverans.mail.msc;

/** What people are told about what DNS demands of servers. */
final class DaneWords {
  static final String REMEDY =
      "The server and its TLSA records do not fit together, or somebody tampers with the"
          + " connection. It is tried again; if it stays so, tell the recipient's postmaster by"
          + " another way.";

  private DaneWords() {}

  static String untold(String place, String host, String why) {
    return ("DNS did not tell safely what %s demands (DANE, TLSA of %s): %s. Nothing was sent to"
            + " it. It is tried again; if it stays so for this recipient alone, tell their"
            + " postmaster by another way to mend the signatures in DNS; if for all, the name"
            + " server that msc.dns-server names does not hand signatures on.")
        .formatted(host, place, why);
  }
}
