package io.leverans.persistence;

import io.leverans.application.view.EventKind;
import io.leverans.application.view.EventName;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads values of the domain out of columns. */
final class Columns {
  private static final Map<String, EventKind> EVENT_KINDS =
      Arrays.stream(EventKind.values())
          .collect(Collectors.toUnmodifiableMap(EventKind::word, Function.identity()));

  private Columns() {}

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static Optional<UUID> optionalUuid(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, UUID.class));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static <E extends Enum<E>> E constant(ResultSet row, String column, Class<E> type)
      throws SQLException {
    return Enum.valueOf(type, row.getString(column));
  }

  static <E extends Enum<E>> Optional<E> optionalConstant(
      ResultSet row, String column, Class<E> type) throws SQLException {
    return optionalText(row, column).map(name -> Enum.valueOf(type, name));
  }

  /** Stored as the word that stands in the feed, maybe by a node of a later version. */
  static EventName eventName(ResultSet row, String column) throws SQLException {
    String word = row.getString(column);
    return Optional.<EventName>ofNullable(EVENT_KINDS.get(word))
        .orElseGet(() -> new EventName.OfAnotherVersion(word));
  }

  static Mailbox mailbox(ResultSet row, String name, String address) throws SQLException {
    return new Mailbox(optionalText(row, name), EmailAddress.parse(row.getString(address)));
  }

  static Schedule schedule(ResultSet row) throws SQLException {
    return new Schedule(optionalInstant(row, "send_at"), optionalInstant(row, "expires_at"));
  }

  /** Two arrays side by side; a name that there is none of is empty. */
  static List<Mailbox> mailboxes(ResultSet row, String names, String addresses)
      throws SQLException {
    String[] name = (String[]) row.getArray(names).getArray();
    String[] address = (String[]) row.getArray(addresses).getArray();
    return IntStream.range(0, address.length)
        .mapToObj(i -> new Mailbox(Optional.of(name[i]), EmailAddress.parse(address[i])))
        .toList();
  }

  /** Three arrays side by side. */
  static List<Recipient> recipients(ResultSet row, String roles, String names, String addresses)
      throws SQLException {
    String[] role = (String[]) row.getArray(roles).getArray();
    List<Mailbox> mailboxes = mailboxes(row, names, addresses);
    return IntStream.range(0, role.length)
        .mapToObj(i -> new Recipient(Recipient.Role.valueOf(role[i]), mailboxes.get(i)))
        .toList();
  }

  static Optional<Failure> optionalFailure(ResultSet row, String column) throws SQLException {
    return optionalText(row, column).map(Json::failure);
  }

  /** A column of what is to be bound, with a value of each. */
  static <T, V> List<V> each(List<T> all, Function<T, V> value) {
    return all.stream().map(value).toList();
  }
}
