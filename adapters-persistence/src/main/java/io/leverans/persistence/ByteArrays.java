package io.leverans.persistence;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;

/** Octets of many as one {@code bytea[]}, which the driver sends as they are. */
record ByteArrays(List<byte[]> all) implements Argument {
  @Override
  public void apply(int position, PreparedStatement statement, StatementContext context)
      throws SQLException {
    statement.setArray(
        position,
        statement.getConnection().createArrayOf("bytea", (Object[]) all.toArray(byte[][]::new)));
  }
}
