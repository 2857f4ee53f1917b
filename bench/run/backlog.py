"""A queue with as much in it as one likes, all of it there at once.

Accepting a million messages takes long and says nothing about sending them, so that they are copied, in SQL, from some
that were accepted: each table's rows with ids, recipients and times of their own. The queue itself is the last, in one transaction:
the node that is to send them sees none until it sees all.
"""

import time

MAIL = ("message", "message_content", "delivery")
QUEUE = "dispatch"
NUMBER = r"^r\d+@d(\d+)\.example$"

# A UUID of version 7, the same for the same number, and the larger the later.
MAKE_ID = """
CREATE FUNCTION bench_id(kind text, number bigint, start bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS $$
  SELECT (lpad(to_hex(start + number / 10), 12, '0') || '7' || substr(md5(kind || number), 1, 3)
          || 'a' || substr(md5(number || kind), 1, 15))::uuid $$;
"""

IDS = {
    ("message", "id"): "message",
    ("message_content", "message_id"): "message",
    ("dispatch", "id"): "dispatch",
    ("dispatch", "message_id"): "message",
    ("delivery", "id"): "delivery",
    ("delivery", "message_id"): "message",
    ("delivery", "dispatch_id"): "dispatch",
}
TEXTS = {
    ("message", "internet_id"): "'<' || n || '.' || random() || '@leverans.example>'",
    ("delivery", "address"): "'r' || n || '@d' || t.domain || '.example'",
}


class Backlog:
    """Remembers what is in the queue, to fill it with the same again and again."""

    def __init__(self, database):
        self.database = database

    def remember(self):
        """Takes what was accepted and not yet begun with, one message for each domain, as a model."""
        models = "".join(
            f"CREATE TABLE model_{table} AS SELECT x.*, m.domain FROM {table} x JOIN model m USING (team_id)"
            f" WHERE x.{'id' if table == 'message' else 'message_id'} = m.message_id;\n"
            for table in (*MAIL, QUEUE)
        )
        self.database.run_script(
            f"""
            CREATE TABLE model AS
              SELECT DISTINCT ON (domain) * FROM (
                SELECT team_id, message_id, substring(address FROM '{NUMBER}')::int AS domain FROM delivery
                 WHERE address ~ '{NUMBER}' AND state = 'QUEUED') d;
            {models}{MAKE_ID}
            """
        )

    def fill(self, first, count):
        """With the messages of these numbers: their mail is settled in its tables before the queue is there."""
        start = int(1000 * time.time())
        self._copy(MAIL, first, count, start)
        self.database.run_script("".join(f"VACUUM {table};" for table in MAIL) + "CHECKPOINT;")
        self._copy([QUEUE], first, count, start)

    def _copy(self, tables, first, count, start):
        inserts = "\n".join(self._insert(table, first, count, start) for table in tables)
        self.database.run_script(
            f"""
            BEGIN;
            SET LOCAL session_replication_role = replica; -- what the copies refer to is copied too
            {inserts}
            ANALYZE {', '.join(tables)};
            CHECKPOINT;
            COMMIT;
            """
        )

    def _insert(self, table, first, count, start):
        columns = self.database.rows(
            "SELECT column_name, data_type FROM information_schema.columns"
            f" WHERE table_name = '{table}' AND is_generated = 'NEVER' ORDER BY ordinal_position"
        )
        values = ", ".join(self._value(table, name, kind, start) for name, kind in columns)
        return f"""
            INSERT INTO {table} ({', '.join(name for name, _ in columns)})
            SELECT {values}
              FROM generate_series({first}, {first + count - 1}) n
              JOIN model_{table} t ON t.domain = n % (SELECT count(*) FROM model);"""

    @staticmethod
    def _value(table, name, kind, start):
        if (table, name) in IDS:
            return f"bench_id('{IDS[table, name]}', n, {start})"
        if (table, name) in TEXTS:
            return TEXTS[table, name]
        if kind.startswith("timestamp"):
            return f"CASE WHEN t.{name} IS NOT NULL THEN now() END"
        return f"t.{name}"
