/** A PostgreSQL server that Leverans brings along and runs on a data folder, for one machine. */
@NullMarked
package io.leverans.persistence.embedded;

import org.jspecify.annotations.NullMarked;
