package io.leverans.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.Link;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.xbill.DNS.utils.base32;

class ReturnPathTokensTest {
  private static final long LARGEST_TEAM = (1L << 40) - 1;
  private static final int OCTETS = 34;
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final TeamId TEAM = new TeamId(7);
  private static final DeliveryId DELIVERY =
      new DeliveryId(UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91"));

  private final ReturnPathTokens tokens = new ReturnPathTokens(key(1));

  @Property
  void what_was_signed_is_known_again(
      @ForAll @LongRange(min = 1, max = LARGEST_TEAM) long team,
      @ForAll long most,
      @ForAll long least,
      @ForAll @IntRange(max = 30) int days) {
    var delivery = new DeliveryId(new UUID(most, least));
    String token = tokens.tokenFor(new TeamId(team), delivery, NOW);
    assertThat(token).hasSize(57).matches("b\\.[a-z2-7]{55}");
    assertThat(tokens.linkOf(token, NOW.plus(Duration.ofDays(days))))
        .isEqualTo(new Link.Genuine(new TeamId(team), delivery));
  }

  @Property
  void case_makes_no_difference(@ForAll long most, @ForAll long least) {
    var delivery = new DeliveryId(new UUID(most, least));
    String token = tokens.tokenFor(TEAM, delivery, NOW);
    assertThat(tokens.linkOf(token.toUpperCase(Locale.ROOT), NOW))
        .isEqualTo(new Link.Genuine(TEAM, delivery));
  }

  @Property
  void any_flipped_bit_is_refused(@ForAll @IntRange(max = OCTETS * 8 - 1) int bit) {
    byte[] octets = codec().fromString(tokens.tokenFor(TEAM, DELIVERY, NOW).substring(2));
    octets[bit / 8] ^= (byte) (1 << (bit % 8));
    assertThat(tokens.linkOf("b." + codec().toString(octets), NOW)).isEqualTo(new Link.None());
  }

  @Property
  void any_changed_letter_is_refused(
      @ForAll @IntRange(min = 2, max = 56) int place, @ForAll @IntRange(max = 31) int letter) {
    String token = tokens.tokenFor(TEAM, DELIVERY, NOW);
    char other = "abcdefghijklmnopqrstuvwxyz234567".charAt(letter);
    String changed = token.substring(0, place) + other + token.substring(place + 1);
    assertThat(tokens.linkOf(changed, NOW) instanceof Link.Genuine)
        .isEqualTo(changed.equals(token));
  }

  @Property
  void nothing_else_is_a_token(@ForAll String text) {
    assertThat(tokens.linkOf(text, NOW)).isEqualTo(new Link.None());
    assertThat(tokens.linkOf("b." + text, NOW)).isEqualTo(new Link.None());
  }

  @Example
  void a_token_is_the_same_all_day_and_expires_after_thirty() {
    String token = tokens.tokenFor(TEAM, DELIVERY, NOW);
    assertThat(tokens.tokenFor(TEAM, DELIVERY, NOW.plusSeconds(3600))).isEqualTo(token);
    assertThat(tokens.linkOf(token, NOW.plus(Duration.ofDays(30))))
        .isEqualTo(new Link.Genuine(TEAM, DELIVERY));
    assertThat(tokens.linkOf(token, NOW.plus(Duration.ofDays(31))))
        .isEqualTo(new Link.Expired(TEAM, DELIVERY));
  }

  @Example
  void another_key_signs_another_token() {
    var others = new ReturnPathTokens(key(2));
    String token = tokens.tokenFor(TEAM, DELIVERY, NOW);
    assertThat(others.linkOf(token, NOW)).isEqualTo(new Link.None());
  }

  private static byte[] key(int seed) {
    byte[] key = new byte[ReturnPathTokens.KEY_OCTETS];
    java.util.Arrays.fill(key, (byte) seed);
    return key;
  }

  private static base32 codec() {
    return new base32(base32.Alphabet.BASE32, false, true);
  }
}
