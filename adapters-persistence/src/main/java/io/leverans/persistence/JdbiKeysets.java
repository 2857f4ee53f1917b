package io.leverans.persistence;

import io.leverans.application.port.out.Keysets;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The keyset as the one row of its table. */
public final class JdbiKeysets implements Keysets {
  private final Jdbi jdbi;

  public JdbiKeysets(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<StoredKeyset> read() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT version, encrypted FROM data_keyset WHERE id = 1")
                .map(
                    (row, _) ->
                        new StoredKeyset(row.getLong("version"), row.getString("encrypted")))
                .findOne());
  }

  @Override
  public Outcome replace(StoredKeyset next) {
    int stored =
        jdbi.withHandle(
            handle -> next.version() == 1 ? insert(handle, next) : update(handle, next));
    return stored == 1 ? Outcome.REPLACED : Outcome.OUTDATED;
  }

  private static int insert(Handle handle, StoredKeyset first) {
    return handle
        .createUpdate(
            """
            INSERT INTO data_keyset (id, version, encrypted) VALUES (1, :version, :encrypted)
            ON CONFLICT DO NOTHING\
            """)
        .bind("version", first.version())
        .bind("encrypted", first.encrypted())
        .execute();
  }

  private static int update(Handle handle, StoredKeyset next) {
    return handle
        .createUpdate(
            """
            UPDATE data_keyset
               SET version = :version, encrypted = :encrypted, stored_at = now()
             WHERE id = 1 AND version = :version - 1\
            """)
        .bind("version", next.version())
        .bind("encrypted", next.encrypted())
        .execute();
  }
}
