package io.leverans.mail.simulator;

/** A domain that publishes how its mail is to be encrypted (MTA-STS, RFC 8461). */
enum PolicyDomain {
  /** Its server proves itself. */
  STRICT("strict.test", "enforce", "mx.strict.test"),
  /** The certificate of its server proves nothing. */
  STRICT_UNPROVED("strict-unproved.test", "enforce", "mx.strict-unproved.test"),
  /** DNS names another server. */
  STRICT_ELSEWHERE("strict-elsewhere.test", "enforce", "*.elsewhere.test"),
  /** The certificate of its server proves nothing, and the policy is only tried. */
  STRICT_ON_TRIAL("strict-on-trial.test", "testing", "mx.strict-on-trial.test");

  private final String domain;
  private final String mode;
  private final String servers;

  PolicyDomain(String domain, String mode, String servers) {
    this.domain = domain;
    this.mode = mode;
    this.servers = servers;
  }

  String domain() {
    return domain;
  }

  String policyHost() {
    return "mta-sts." + domain;
  }

  String announcedAt() {
    return "_mta-sts." + domain;
  }

  String policy() {
    return String.join(
        "\r\n", "version: STSv1", "mode: " + mode, "mx: " + servers, "max_age: 86400", "");
  }
}
