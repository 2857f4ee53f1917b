package io.leverans.application.port.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.application.port.provider.memory.PaperProvider;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.Grouping;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersTest {
  private final ChannelProvider letter = provider("letter");
  private final ChannelProvider card = provider("card");

  @Test
  void are_found_by_kind_and_listed_as_configured() {
    var providers = new Providers(List.of(letter, card));
    assertThat(providers.all()).containsExactly(letter, card);
    assertThat(providers.find(new ChannelKind("card"))).contains(card);
    assertThat(providers.find(new ChannelKind("telegram"))).isEmpty();
  }

  @Test
  void are_one_for_each_kind() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Providers(List.of(letter, card, provider("letter"))))
        .withMessageContaining("letter");
  }

  private static ChannelProvider provider(String kind) {
    return new PaperProvider(
        new ChannelKind(kind),
        Grouping.ONE_RECIPIENT,
        (_, _, _) -> {
          throw new AssertionError("nothing is to be sent here");
        });
  }
}
