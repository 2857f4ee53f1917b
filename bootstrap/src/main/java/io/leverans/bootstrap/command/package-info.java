/** The commands of the command line. */
@NullMarked
package io.leverans.bootstrap.command;

import org.jspecify.annotations.NullMarked;
