package io.leverans.persistence;

import io.leverans.application.port.out.NodeRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Nodes as rows; one that died without leaving is forgotten after a day. */
public final class JdbiNodeRegistry implements NodeRegistry {
  private final Jdbi jdbi;

  public JdbiNodeRegistry(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public void report(RunningNode node) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    WITH dead AS (DELETE FROM node WHERE seen_at < now() - interval '1 day'
                                     AND id <> :id)
                    INSERT INTO node (id, name, sends, keyset_version, seen_at)
                    VALUES (:id, :name, :sends, :version, now())
                    ON CONFLICT (id) DO UPDATE
                      SET name = excluded.name, sends = excluded.sends,
                          keyset_version = excluded.keyset_version, seen_at = excluded.seen_at\
                    """)
                .bind("id", node.id())
                .bind("name", node.name())
                .bind("sends", node.duty() == Duty.SENDS)
                .bind("version", node.keysetVersion())
                .execute());
  }

  @Override
  public void leave(UUID node) {
    jdbi.useHandle(
        handle ->
            handle.createUpdate("DELETE FROM node WHERE id = :id").bind("id", node).execute());
  }

  @Override
  public List<RunningNode> seenWithin(Duration time) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, name, sends, keyset_version FROM node
                     WHERE seen_at >= now() - :millis * interval '1 millisecond'
                     ORDER BY name, id\
                    """)
                .bind("millis", time.toMillis())
                .map(
                    (row, _) ->
                        new RunningNode(
                            Columns.uuid(row, "id"),
                            row.getString("name"),
                            row.getBoolean("sends") ? Duty.SENDS : Duty.LEAVES_SENDING_TO_OTHERS,
                            row.getLong("keyset_version")))
                .list());
  }
}
