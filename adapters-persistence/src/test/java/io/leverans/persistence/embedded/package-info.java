/** Tests of the embedded PostgreSQL, and the database that other modules' tests run on. */
@NullMarked
package io.leverans.persistence.embedded;

import org.jspecify.annotations.NullMarked;
