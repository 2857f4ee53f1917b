package io.leverans.persistence;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables, in the version that this program needs. */
public final class Schema {
  private Schema() {}

  /** Brings the tables to the newest version. Several nodes may do so at the same time. */
  public static void migrate(DataSource database) {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:io/leverans/persistence/migration")
        .load()
        .migrate();
  }
}
