package io.leverans.application.port.out;

import io.leverans.domain.team.TeamId;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The secret in a link that leads to one thing of a team, with the team's number to find it by. */
public record LinkCode(TeamId team, String secret) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,13})-([a-z2-7]{20,60})");

  public LinkCode {
    Objects.requireNonNull(team);
    Objects.requireNonNull(secret);
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static LinkCode parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("this is not the code of a link of ours");
    }
    return new LinkCode(new TeamId(Long.parseLong(matcher.group(1))), matcher.group(2));
  }

  /** As it stands in the link. */
  public String text() {
    return team.value() + "-" + secret;
  }

  @Override
  public String toString() {
    return "LinkCode[" + team.value() + "-…]";
  }
}
