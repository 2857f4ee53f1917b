package io.leverans.application.service.senderdomain;

import io.leverans.application.port.in.RotateDomainKey;
import io.leverans.application.port.out.SecretSeal;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.port.out.SenderDomains.Announcement;
import io.leverans.application.port.out.SigningKeys;
import io.leverans.application.port.out.UnreadableSecretsException;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.domain.senderdomain.SenderDomain;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Puts a next key beside the active one; the one before the active is forgotten. */
public final class RotateDomainKeyService implements RotateDomainKey {
  private final SenderDomains domains;
  private final SigningKeys keys;
  private final SecretSeal seal;
  private final DomainChecks checks;

  public RotateDomainKeyService(
      SenderDomains domains, SigningKeys keys, SecretSeal seal, DomainChecks checks) {
    this.domains = domains;
    this.keys = keys;
    this.seal = seal;
    this.checks = checks;
  }

  @Override
  public Result rotate(Command command) {
    if (!ChannelRights.isAdmin(command.caller())) {
      return new Result.AdminsOnly();
    }
    Optional<SenderDomain> found = domains.find(command.caller().team(), command.domain());
    if (found.isEmpty()) {
      return new Result.UnknownDomain();
    }
    return found.get().keys().next().isPresent()
        ? new Result.UnderWay(checks.look(found.get()))
        : announce(found.get());
  }

  private Result announce(SenderDomain domain) {
    SigningKeys.NewKey next = keys.generate();
    Map<String, String> secrets = new HashMap<>(activeKey(domain));
    secrets.put(domain.keys().otherSelector(), next.privateKey());
    Announcement announcement =
        domains.announce(
            domain.team(),
            domain.id(),
            next.publicKey(),
            domain.secrets(),
            seal.seal(domain.id(), secrets));
    return switch (announcement) {
      case Announcement.Announced(var announced) -> new Result.UnderWay(checks.look(announced));
      case Announcement.UnderWay(var waiting) -> new Result.UnderWay(checks.look(waiting));
      case Announcement.TooEarly(var until) -> new Result.TooEarly(until);
      case Announcement.ChangedMeanwhile() -> new Result.ChangedMeanwhile();
      case Announcement.Gone() -> new Result.UnknownDomain();
    };
  }

  /** Where it is lost, a rotation is what helps. */
  private Map<String, String> activeKey(SenderDomain domain) {
    String selector = domain.keys().active().selector();
    try {
      String key = seal.open(domain.id(), domain.secrets()).get(selector);
      return key == null ? Map.of() : Map.of(selector, key);
    } catch (UnreadableSecretsException _) {
      return Map.of();
    }
  }
}
