package io.leverans.mail.conversation;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.mail.mime.InternationalDomain;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads domain names with at least one dot. */
public final class DomainName {
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile("(?=.{1,253}$)" + LABEL + "(?:\\." + LABEL + ")+");

  private DomainName() {}

  /** In A-labels and lower case; empty if it is no such name. */
  public static Optional<String> find(String text) {
    return InternationalDomain.inALabels(text.strip().toLowerCase(Locale.ROOT))
        .filter(ascii -> FORM.matcher(ascii).matches());
  }

  /**
   * The same for a setting.
   *
   * @param key the setting's name, for the error
   * @throws InvalidSettingException if it is no such name
   */
  public static String require(String key, String text) {
    return find(text)
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    key, "'" + text + "' is not a domain name such as mail.example.com"));
  }
}
