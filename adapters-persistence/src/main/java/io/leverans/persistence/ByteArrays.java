package io.leverans.persistence;

import io.leverans.domain.message.Octets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Octets of many as one {@code bytea[]}, which the driver sends as they are. */
record ByteArrays(List<? extends byte @Nullable []> all) implements Argument {
  /** What stands in the rows of these contents: null for a large one. */
  static ByteArrays inRows(List<Octets> contents) {
    List<byte @Nullable []> all = new ArrayList<>(contents.size());
    contents.forEach(content -> all.add(ContentChunks.inRow(content)));
    return new ByteArrays(all);
  }

  @Override
  public void apply(int position, PreparedStatement statement, StatementContext context)
      throws SQLException {
    statement.setArray(
        position,
        statement.getConnection().createArrayOf("bytea", (Object[]) all.toArray(byte[][]::new)));
  }
}
