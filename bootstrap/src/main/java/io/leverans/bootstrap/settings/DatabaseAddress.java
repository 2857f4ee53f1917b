package io.leverans.bootstrap.settings;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A PostgreSQL of the operator's own.
 *
 * @param url for JDBC; without credentials, since it is shown
 */
public record DatabaseAddress(String url, String user, String password) {
  private static final String SCHEME = "jdbc:postgresql:";

  /** Before the path or among the parameters. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("//[^/?]*@|[?&](?:user|password|sslpassword)=", Pattern.CASE_INSENSITIVE);

  /** Refuses an address that cannot be used, without repeating it. */
  public DatabaseAddress {
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
    if (CREDENTIALS.matcher(url).find()) {
      throw new IllegalArgumentException(
          "holds credentials, which would be shown: set %s and %s instead"
              .formatted(SettingKey.DATABASE_USER.key(), SettingKey.DATABASE_PASSWORD.key()));
    }
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException(
          "is not a JDBC URL such as jdbc:postgresql://localhost/leverans");
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + "@" + url;
  }
}
