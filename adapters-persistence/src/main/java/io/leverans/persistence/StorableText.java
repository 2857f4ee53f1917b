package io.leverans.persistence;

import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * PostgreSQL's text has no NUL, but the replies and reports of other servers may: every text that
 * is bound passes here, so that none of them can keep an outcome from being written down.
 */
final class StorableText {
  private static final char NUL = '\0';
  private static final char REPLACEMENT = '\ufffd';

  private StorableText() {}

  static String of(String text) {
    return text.indexOf(NUL) < 0 ? text : text.replace(NUL, REPLACEMENT);
  }

  static final class Argument extends AbstractArgumentFactory<String> {
    Argument() {
      super(Types.VARCHAR);
    }

    @Override
    protected org.jdbi.v3.core.argument.Argument build(String value, ConfigRegistry config) {
      return (position, statement, _) -> statement.setString(position, of(value));
    }
  }
}
