package io.leverans.application.service;

import io.leverans.application.port.provider.ConsentAnswer;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.ConsentPage;
import io.leverans.application.port.provider.ConsentRequest;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets pigeons into lofts: a ring opens until it is worn out, and is then changed for a new one.
 */
public final class Gatekeeper implements ConsentFlow {
  public static final String OWNER = "owner";

  public final List<ConsentRequest> requests = new ArrayList<>();
  public final List<ConsentAnswer> answers = new ArrayList<>();
  public final List<OpenChannel> renewed = new ArrayList<>();
  public List<String> missingScopes = List.of();
  public final List<OpenChannel> givenBack = new ArrayList<>();
  public GivenBack takingBack = GivenBack.DONE;
  public Optional<RuntimeException> trouble = Optional.empty();
  public String account = "old Tom";
  public Optional<ConsentPage.Missing> missing = Optional.empty();
  public Optional<Grant.Refused> refusal = Optional.empty();
  public Optional<Renewal> renewal = Optional.empty();
  public String wornOut = "worn out";

  @Override
  public ConsentPage page(ChannelSettings settings, ConsentRequest request) {
    if (missing.isPresent()) {
      return missing.get();
    }
    requests.add(request);
    return new ConsentPage.At(URI.create("https://lofts.example/ask?state=" + request.state()));
  }

  @Override
  public Grant redeem(OpenChannel channel, ConsentAnswer answer) {
    answers.add(answer);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Map<String, String> settings = new HashMap<>(channel.settings().values());
    settings.remove(PigeonProvider.RING);
    settings.put(OWNER, account);
    return new Grant.Granted(
        new ChannelSettings(settings), Map.of(PigeonProvider.RING, "ring for " + answer.code()));
  }

  @Override
  public Optional<String> accountOf(ChannelSettings settings) {
    return settings.find(OWNER).filter(name -> !name.isEmpty());
  }

  @Override
  public List<String> missingScopes(ChannelSettings settings) {
    return missingScopes;
  }

  @Override
  public Access accessOf(OpenChannel channel, Instant at) {
    return channel.settings().find(PigeonProvider.RING).filter(wornOut::equals).isPresent()
        ? Access.STALE
        : Access.FRESH;
  }

  @Override
  public Renewal renew(OpenChannel channel) {
    renewed.add(channel);
    return renewal.orElseGet(
        () -> new Renewal.Renewed(Map.of(PigeonProvider.RING, "new ring " + renewed.size())));
  }

  @Override
  public GivenBack giveBack(OpenChannel channel) {
    givenBack.add(channel);
    trouble.ifPresent(
        thrown -> {
          throw thrown;
        });
    return takingBack;
  }
}
