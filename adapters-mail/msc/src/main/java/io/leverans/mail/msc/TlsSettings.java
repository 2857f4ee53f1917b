package io.leverans.mail.msc;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.mail.conversation.HostAndPort;
import io.leverans.mail.conversation.HostGuard;
import io.leverans.mail.conversation.Trust;
import io.leverans.mail.conversation.TrustAnchors;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Optional;

/**
 * What is asked of encryption towards recipients' servers.
 *
 * @param required where it is demanded, with a valid certificate
 * @param policies where those that domains publish are fetched from, if they are
 * @param authorities whose word is taken for a certificate
 * @param dane the keys that signatures in DNS begin with, if what it demands of servers is obeyed
 */
record TlsSettings(
    RequiredDomains required,
    Optional<PolicySettings> policies,
    Trust authorities,
    Optional<TrustAnchors> dane) {
  static final String REQUIRED = "tls-required";
  private static final String AUTHORITIES = "authorities";
  private static final String DANE = "dane";
  private static final String DANE_ANCHORS = "dane-trust-anchors";
  private static final int HTTPS = 443;
  private static final int MAX_PORT = 65_535;

  /** Whether the policies that domains publish are looked at. */
  enum MtaSts {
    ON,
    OFF
  }

  /** Whether what DNS demands of servers is obeyed. */
  enum Dane {
    ON,
    OFF
  }

  /**
   * How policies are fetched.
   *
   * @param guard of the addresses they may lie at
   * @param port where they are served
   */
  record PolicySettings(HostGuard guard, int port) {
    static PolicySettings of(ProviderSettings settings) {
      return new PolicySettings(
          HostGuard.parse("mta-sts-networks", settings.find("mta-sts-networks").orElse("public")),
          settings.number("mta-sts-port", HTTPS, 1, MAX_PORT));
    }
  }

  /**
   * Reads the deployment's settings.
   *
   * @throws InvalidSettingException naming the first that cannot be used
   */
  static TlsSettings of(ProviderSettings settings, Optional<HostAndPort> smartHost) {
    return new TlsSettings(
        required(settings, smartHost),
        switch (settings.choice("mta-sts", MtaSts.ON)) {
          case ON -> Optional.of(PolicySettings.of(settings));
          case OFF -> Optional.empty();
        },
        authorities(settings),
        switch (settings.choice(DANE, Dane.OFF)) {
          case ON -> Optional.of(anchors(settings, smartHost));
          case OFF -> Optional.empty();
        });
  }

  private static TrustAnchors anchors(ProviderSettings settings, Optional<HostAndPort> smartHost) {
    if (smartHost.isPresent()) {
      throw new InvalidSettingException(
          DANE,
          "cannot be kept through a smart host, which alone speaks with the recipients' servers;"
              + " switch it off, or remove msc.smart-host");
    }
    return settings
        .find(DANE_ANCHORS)
        .map(TlsSettings::anchorsIn)
        .orElseGet(TrustAnchors::ofTheRoot);
  }

  private static TrustAnchors anchorsIn(String file) {
    try {
      return TrustAnchors.in(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new InvalidSettingException(
          DANE_ANCHORS,
          ("'%s' is not a file of DS or DNSKEY records, one a line, such as '. IN DS 20326 8 2 …',"
                  + " with one of the root zone: %s; mend the file, take the setting out for the"
                  + " keys of the Internet's root, or switch msc.dane off")
              .formatted(file, e));
    }
  }

  /** Through a smart host, nobody here sees the recipient's server. */
  private static RequiredDomains required(
      ProviderSettings settings, Optional<HostAndPort> smartHost) {
    RequiredDomains required =
        settings
            .find(REQUIRED)
            .map(text -> RequiredDomains.parse(REQUIRED, text))
            .orElse(RequiredDomains.NONE);
    if (smartHost.isPresent() && !required.isEmpty()) {
      throw new InvalidSettingException(
          REQUIRED,
          "cannot be kept through a smart host, which alone speaks with the recipients' servers;"
              + " remove it, or msc.smart-host");
    }
    return required;
  }

  private static Trust authorities(ProviderSettings settings) {
    Optional<String> pem = settings.find(AUTHORITIES);
    try {
      return pem.isPresent() ? Trust.Authorities.ofPem(pem.get()) : new Trust.JavasAuthorities();
    } catch (CertificateException e) {
      throw new InvalidSettingException(
          AUTHORITIES, "holds no certificates as PEM: " + e.getMessage());
    }
  }
}
