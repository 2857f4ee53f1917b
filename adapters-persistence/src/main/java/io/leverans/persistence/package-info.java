/** The ports of storage on PostgreSQL: repositories, the queue, the feed, ids. */
@NullMarked
package io.leverans.persistence;

import org.jspecify.annotations.NullMarked;
