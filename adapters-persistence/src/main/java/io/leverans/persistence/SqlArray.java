package io.leverans.persistence;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * Many values, bound as one array. Made here and not by Jdbi, which works out anew for each array
 * what type it is of (ADR 79).
 */
final class SqlArray implements Argument {
  /** The type that the driver sends as octets only where its connections are told to. */
  static final String AS_OCTETS = "UUID_ARRAY";

  private final String type;
  private final Object[] elements;

  private SqlArray(String type, Object[] elements) {
    this.type = type;
    this.elements = elements;
  }

  static Argument uuids(Collection<UUID> ids) {
    UUID[] elements = ids.toArray(UUID[]::new);
    return (position, statement, _) -> statement.setObject(position, new Uuids(elements));
  }

  static Argument texts(Collection<String> texts) {
    return new SqlArray("text", texts.stream().map(StorableText::of).toArray(String[]::new));
  }

  static Argument integers(Collection<Integer> numbers) {
    return new SqlArray("int4", numbers.toArray(Integer[]::new));
  }

  static Argument longs(Collection<Long> numbers) {
    return new SqlArray("int8", numbers.toArray(Long[]::new));
  }

  static Argument times(Collection<OffsetDateTime> times) {
    return new SqlArray("timestamptz", times.toArray(OffsetDateTime[]::new));
  }

  /** Octets, some of which may be none. */
  static Argument octets(List<? extends byte @Nullable []> all) {
    return new SqlArray("bytea", all.toArray(byte[][]::new));
  }

  @Override
  public void apply(int position, PreparedStatement statement, StatementContext context)
      throws SQLException {
    statement.setArray(position, statement.getConnection().createArrayOf(type, elements));
  }

  /**
   * Ids as PostgreSQL sends and receives them ({@code array_recv}): a third of the octets of their
   * text, which the driver and the server would write and read for each.
   */
  private static final class Uuids extends PGobject implements PGBinaryObject {
    private static final long serialVersionUID = 1L;
    private static final int OID_OF_UUID = 2950;
    private static final int HEAD = 3 * Integer.BYTES;
    private static final int DIMENSION = 2 * Integer.BYTES;
    private static final int ELEMENT = Integer.BYTES + 2 * Long.BYTES;

    private final UUID[] ids;

    Uuids(UUID[] ids) {
      this.ids = ids;
      setType("_uuid");
    }

    @Override
    public String getValue() {
      return Arrays.stream(ids).map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public int lengthInBytes() {
      return ids.length == 0 ? HEAD : HEAD + DIMENSION + ids.length * ELEMENT;
    }

    @Override
    public void toBytes(byte[] octets, int offset) {
      ByteBuffer buffer = ByteBuffer.wrap(octets).position(offset);
      int dimensions = ids.length == 0 ? 0 : 1;
      int nulls = 0;
      buffer.putInt(dimensions).putInt(nulls).putInt(OID_OF_UUID);
      if (ids.length == 0) {
        return;
      }
      int from = 1;
      buffer.putInt(ids.length).putInt(from);
      for (UUID id : ids) {
        buffer
            .putInt(2 * Long.BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits());
      }
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
      throw new UnsupportedOperationException("for sending only");
    }
  }
}
