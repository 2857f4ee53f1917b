/** What the use cases need from outside: stores, ids, the clock of the database. */
@NullMarked
package io.leverans.application.port.out;

import org.jspecify.annotations.NullMarked;
